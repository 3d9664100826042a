import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { streamReport } from '../../src/evaluate/prequential/html/stream-report.ts'
import { someStream } from '../../src/evaluate/prequential/stream.testing.ts'
import { streamSections } from '../../src/evaluate/prequential/stream-sections.ts'
import { Chromium, findChromium } from './chromium.ts'
import { Page, type View } from './page.ts'

const command = findChromium()
const isCi = process.env.CI === 'true'
if (!command && !isCi)
  console.warn('SKIPPED: there is no chromium here, so the report of a stream was not looked at in a browser.')

const HOSTILE = '<img src=x onerror=alert(1)></title><script>alert(2)</script>\x1b[31m\u202elooT'
const PHONE = 390

// Without a browser CI fails in the first hook, and says so.
describe.skipIf(!command && !isCi)('the report of a stream in a browser', () => {
  const folder = mkdtempSync(join(tmpdir(), 'wakeful-stream-report-'))
  let browser: Chromium
  const urls: string[] = []

  beforeAll(() => {
    if (!command) throw new Error('There is no chromium: install it (apt-get install chromium).')
    for (const [i, text] of ['word', HOSTILE].entries()) {
      const evaluation = someStream(text)
      const path = join(folder, `${i}.html`)
      writeFileSync(path, streamReport(evaluation, streamSections(evaluation), `wakeful ${text}`))
      urls.push(pathToFileURL(path).href)
    }
    browser = new Chromium(command)
  }, 60_000)
  afterAll(async () => {
    await browser?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const open = (url: string, view: View = { width: 1280 }) => Page.open(browser, url, view)

  it('holds names as text: no element, no handler, no script, no request comes of them', async () => {
    const page = await open(urls[1])
    const found = await page.evaluate<Record<string, unknown>>(`({
      active: document.querySelectorAll('script, img, iframe, object, embed, link, form, base, style ~ style').length,
      handlers: [...document.querySelectorAll('*')].flatMap((e) => [...e.attributes]).filter((a) => /^on/i.test(a.name)).length,
    })`)
    expect(found).toEqual({ active: 0, handlers: 0 })
    expect(page.requests).toEqual([urls[1]])
    expect(page.incidents).toEqual([])
  })

  it.each([
    [PHONE, 'light'],
    [PHONE, 'dark'],
    [1280, 'light'],
    [1280, 'dark'],
  ] as const)('never scrolls sideways at %i pixels, %s, and is silent', async (width, scheme) => {
    for (const url of urls) {
      const page = await open(url, { width, scheme })
      await page.evaluate(`document.querySelectorAll('details').forEach((fold) => { fold.open = true })`)
      expect(await page.evaluate('document.documentElement.scrollWidth'), url).toBeLessThanOrEqual(width)
      expect(page.requests).toEqual([url])
      expect(page.incidents).toEqual([])
    }
  })

  it('has points on its line: one a window, from the left edge to the right', async () => {
    const page = await open(urls[0])
    const found = await page.evaluate<{ points: number[]; chart: number[]; apart: number }>(`(() => {
      const chart = document.querySelector('.card .plot > svg')
      const box = (e) => { const { left, right, top, bottom } = e.getBoundingClientRect(); return [left, right, top, bottom] }
      const points = [...chart.querySelectorAll('circle.point')].map(box).map(([left, right]) => (left + right) / 2)
      const line = box(chart.querySelector('polyline.curve'))
      return { points, chart: box(chart).slice(0, 2), apart: Math.abs(line[0] - points[0]) }
    })()`)
    expect(found.points).toHaveLength(20)
    expect(found.points).toEqual([...found.points].sort((a, b) => a - b))
    const [left, right] = found.chart
    const step = (right - left) / 20
    for (const [window, x] of found.points.entries()) {
      expect(Math.abs(x - (left + (window + 0.5) * step))).toBeLessThan(1)
    }
    expect(found.apart).toBeLessThan(2)
  })

  it('can be found one’s way in without eyes', async () => {
    const page = await open(urls[0])
    const found = await page.evaluate<Record<string, string[]>>(`({
      headings: [...document.querySelectorAll('h1,h2,h3,h4,h5')].map((e) => e.tagName),
      pictures: [...document.querySelectorAll('svg:not([aria-hidden])')].filter((e) => e.getAttribute('role') !== 'img' || !e.querySelector(':scope > title')?.textContent).map((e) => e.outerHTML),
      heads: [...document.querySelectorAll('th')].filter((e) => !e.scope).map((e) => e.outerHTML),
    })`)
    const levels = found.headings.map((tag) => Number(tag[1]))
    expect(levels.filter((level) => level === 1)).toHaveLength(1)
    for (let i = 1; i < levels.length; i++) expect(levels[i] - levels[i - 1], `heading ${i}`).toBeLessThanOrEqual(1)
    expect(found).toMatchObject({ pictures: [], heads: [] })
  })
})
