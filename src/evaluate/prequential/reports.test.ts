import { describe, expect, it } from 'vitest'
import { HOSTILE } from '../../sinks/incident.testing.ts'
import { renderReport } from '../render.ts'
import { streamReport } from './html/stream-report.ts'
import { resultOf } from './result.ts'
import { someStream } from './stream.testing.ts'
import { streamSections } from './stream-sections.ts'
import { windowCsv } from './window-csv.ts'

const PROGRAM = 'wakeful 0.0.0'
const IMAGE = { 'an element': '<img src=x onerror=alert(1)>', 'an end of a value': '"><svg onload=alert(2)>' }
const report = (evaluation = someStream(), program = PROGRAM) =>
  streamReport(evaluation, streamSections(evaluation), program)

/** Tags with the names of their attributes; what stands between quotes is a value. */
function tagsOf(page: string): string[] {
  return [...page.matchAll(/<[^>]*>/g)].map(([tag]) => tag.replace(/"[^"]*"/g, '""'))
}

describe('a stream as tables', () => {
  it('has an arm a line, the one that learns ahead of the one that does not', () => {
    const [facts, arms, stretches, drifts] = streamSections(someStream())
    expect(facts.cells).toContainEqual(['rows judged', '4,000'])
    const balanced = new Map(arms.cells.map((row) => [row[0], Number(row[2])]))
    expect(balanced.get('word late')!).toBeGreaterThan(balanced.get('word frozen')! + 0.1)
    expect(balanced.get('word at once')!).toBeGreaterThanOrEqual(balanced.get('word late')!)
    expect(stretches.columns.map(({ title }) => title)).toEqual([
      ...['arm', '0', '400', '800', '1,200', '1,600', '2,000', '2,400', '2,800', '3,200', '3,600'],
    ])
    // Blind from row 2,000 on: nothing is above the line any more, or by chance.
    const frozen = stretches.cells.find(([arm]) => arm === 'word frozen')!
    expect(Number(frozen[5])).toBeGreaterThan(0.95)
    expect(Number(frozen[6])).toBeLessThan(0.55)
    expect(drifts.cells.every(([arm]) => arm.startsWith('word '))).toBe(true)
    expect(Number(drifts.cells[0][2].split(';')[0].replace(',', ''))).toBeGreaterThan(2000)
  })

  it('says how labels reached each arm, and accuracy never stands alone', () => {
    const text = renderReport(streamSections(someStream()), 'table')
    expect(text).toMatch(/word late +39\d in, 400 asked/)
    expect(text).toMatch(/word frozen +none/)
    expect(text).toMatch(/word at once +every one, at once/)
    expect(text).toMatch(/^majority .*\n.*no change/m)
  })

  it('holds figures unrounded as ndjson, a line a row', () => {
    const lines = renderReport(streamSections(someStream()), 'ndjson').trimEnd().split('\n')
    const arm = lines.map((line) => JSON.parse(line)).find((line) => line.name === 'word late')
    expect(arm).toMatchObject({ kind: 'evaluation', section: 'arms', regime: 'late', asked: 400 })
    expect(Object.keys(arm.figures)).toContain('kappaTemporal')
  })
})

describe('windows as CSV', () => {
  it('has a line a window and arm, a cell a column, and what the windows hold', () => {
    const { result } = someStream()
    const [header, ...lines] = [...windowCsv(result)].map((line) => line.trimEnd().split(','))
    expect(lines).toHaveLength(20 * 5)
    expect(new Set(lines.map(({ length }) => length))).toEqual(new Set([header.length]))
    const cell = (line: readonly string[], name: string) => line[header.indexOf(name)]
    const last = lines.at(-1)!
    expect(cell(last, 'arm')).toBe('"word at once"')
    expect(Number(cell(last, 'cumulative.balancedAccuracy'))).toBe(result.arms[4].figures.balancedAccuracy)
    expect(Number(cell(last, 'kappa'))).toBe(result.windows[19].arms[4].window.kappa)
    expect([...windowCsv(result)].join('')).not.toMatch(/NaN|undefined/)
  })

  it('defuses names that a spreadsheet would run', () => {
    const { result } = someStream('=cmd()')
    expect([...windowCsv(result)].join('')).toContain(`"'=cmd() late"`)
  })
})

describe('a stream as a report', () => {
  it.each(Object.entries({ ...HOSTILE, ...IMAGE }))('has the same elements with %s as with a word', (_, text) => {
    const page = report(someStream(text), text)
    expect(tagsOf(page)).toEqual(tagsOf(report()))
    expect(page.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u)
  })

  it('lets nothing load and nothing run', () => {
    expect(report()).toContain('content="default-src &#39;none&#39;;')
    expect(report()).not.toMatch(/<script|<link|<img|@import|url\(|https?:/i)
  })

  it('has one point a window, a mark a drift, and an arm that learns first', () => {
    const { result } = someStream()
    const page = report()
    const card = page.slice(page.indexOf('<article'), page.indexOf('</article>'))
    expect(card).toContain('<h3><bdi>word late</bdi></h3>')
    expect(card.slice(0, card.indexOf('Recall at')).match(/<circle class="point"/g)).toHaveLength(20)
    const marks = card.slice(0, card.indexOf('Recall at')).match(/<line class="drift"/g)?.length ?? 0
    expect(marks).toBe(result.arms[3].drifts)
    expect(marks).toBeGreaterThan(0)
    expect(card).toContain('<span class="key-rival"><bdi>word frozen</bdi></span>')
  })

  it('draws no point where a window has no figure, and says no figure that is none', () => {
    const some = someStream()
    const majority = resultOf(some.result, (name) => name === 'majority')
    const windows = majority.windows.map((window, i) =>
      i < 5 ? { ...window, arms: window.arms.map((arm) => ({ ...arm, recallAtLimit: Number.NaN })) } : window,
    )
    const bare = report({ ...some, result: { ...majority, windows } })
    expect(bare.match(/<circle class="point"/g)).toHaveLength(6 * 20 - 5)
    for (const page of [bare, report()]) expect(page).not.toMatch(/NaN|Infinity|undefined/)
  })

  it('holds every point as a number too', () => {
    const { result } = someStream()
    const page = report()
    const fold = page.slice(page.indexOf('<summary>Balanced accuracy, by window</summary>'))
    for (const { arms } of result.windows) {
      expect(fold).toContain(`>${arms[3].window.balancedAccuracy.toFixed(4)}</td>`)
    }
  })

  it('is the same each time', () => {
    expect(report()).toBe(report())
  })
})
