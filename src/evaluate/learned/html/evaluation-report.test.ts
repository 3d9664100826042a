import { describe, expect, it } from 'vitest'
import { HOSTILE } from '../../../sinks/incident.testing.ts'
import { learnedSections } from '../learned-sections.ts'
import { someEvaluation, someJudged } from './evaluation.testing.ts'
import { evaluationReport } from './evaluation-report.ts'

const PROGRAM = 'wakeful 0.0.0'
const IMAGE = { 'an element': '<img src=x onerror=alert(1)>', 'an end of a value': '"><svg onload=alert(2)>' }

/** Tags with the names of their attributes; what stands between quotes is a value. */
function tagsOf(page: string): string[] {
  return [...page.matchAll(/<[^>]*>/g)].map(([tag]) => tag.replace(/"[^"]*"/g, '""'))
}

/** What a reader sees of a text. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

describe('evaluationReport', () => {
  it.each(Object.entries({ ...HOSTILE, ...IMAGE }))('has the same elements with %s as with a word', (_, text) => {
    const page = evaluationReport(someEvaluation(text), text)
    expect(tagsOf(page)).toEqual(tagsOf(evaluationReport(someEvaluation(), PROGRAM)))
    expect(page.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u)
  })

  it('lets nothing load and nothing run', () => {
    const page = evaluationReport(someEvaluation(), PROGRAM)
    expect(page).toContain('content="default-src &#39;none&#39;;')
    expect(page).not.toMatch(/<script|<link|<img|@import|url\(|https?:/i)
  })

  it('is the same each time, and changes nothing', () => {
    const evaluation = someEvaluation()
    const before = structuredClone(evaluation)
    expect(evaluationReport(evaluation, PROGRAM)).toBe(evaluationReport(evaluation, PROGRAM))
    expect(evaluation).toEqual(before)
  })

  it('has audits that failed before every figure, and no warning where none did', () => {
    const page = evaluationReport(someEvaluation(), PROGRAM)
    expect(page.indexOf('Does one feature give it away?')).toBeGreaterThan(0)
    expect(page.indexOf('Does one feature give it away?')).toBeLessThan(page.indexOf('Found at the line'))
    expect(page).toContain('A leak audit did not pass')
    expect(evaluationReport(someEvaluation('word', { audits: [] }), PROGRAM)).not.toContain('Read this first')
  })

  it('holds every figure of the tables, so that none is only a picture', () => {
    const evaluation = someEvaluation()
    const page = evaluationReport(evaluation, PROGRAM)
    const sections = learnedSections(evaluation)
    expect(page.match(/<details/g)).toHaveLength(sections.length)
    for (const { title, cells } of sections) {
      expect(page).toContain(`<summary>${title}</summary>`)
      const fold = page.slice(page.indexOf(`<summary>${title}</summary>`))
      for (const cell of cells.flat()) expect(fold, `${title}: ${cell}`).toContain(`>${escaped(cell)}</t`)
    }
  })

  it('shows no figure that is none', () => {
    const { report } = someJudged()
    const bare = someJudged('bare', {
      report: { ...report, precision: Number.NaN, confusion: { ...report.confusion, falsePositives: 0 } },
      importance: [],
    })
    const empty = { baselines: [], leftOut: [], audits: [], distributions: [] }
    for (const evaluation of [someEvaluation(), someEvaluation('word', { judged: [bare], ...empty })]) {
      expect(evaluationReport(evaluation, PROGRAM)).not.toMatch(/NaN|Infinity|undefined/)
    }
  })

  it('draws the others on the same rows behind a model, and only those', () => {
    const judged = [someJudged('first'), someJudged('second'), someJudged('elsewhere', { on: 'other rows' })]
    const page = evaluationReport(someEvaluation('word', { judged }), PROGRAM)
    expect(page.match(/polyline class="curve"/g)).toHaveLength(9)
    expect(page.match(/polyline class="other"/g)).toHaveLength(6)
    expect(page).toContain('<span class="key-other">second</span>')
    expect(page).not.toContain('<span class="key-other">elsewhere')
  })

  it('has tools by model, with the same plan that never saw them', () => {
    const page = evaluationReport(someEvaluation(), PROGRAM)
    const heat = page.slice(page.indexOf('table class="heat"'))
    expect(heat).toContain('<b>50.0\u00a0%</b><br>2 of 4')
    expect(heat).toContain('style="--heat:11%"><b>25.0\u00a0%</b><br>3 of 12')
    expect(heat.slice(0, heat.indexOf('</table>'))).not.toContain('benign')
  })

  it('draws no range for a feature that never changes', () => {
    const page = evaluationReport(someEvaluation(), PROGRAM)
    expect(page).toContain('<span>0</span><span>2</span>')
    expect(page).toContain('aria-hidden="true"><span>7</span></div>')
  })
})
