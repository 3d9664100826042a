import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Cli, objectsOf } from '../cli/run-cli.ts'
import { ROOT } from '../house/tree.ts'
import { Chromium, findChromium } from './chromium.ts'
import { FORMULA_DOMAIN, HOSTILE_LABELS, hostileCapture } from './hostile-capture.ts'
import { Page, type View } from './page.ts'

const command = findChromium()
const isCi = process.env.CI === 'true'
if (!command && !isCi) console.warn('SKIPPED: there is no chromium here, so the report was not looked at in a browser.')

/** A name of a file may hold what a name in DNS may not: octets that reach a terminal as they are. */
const FILE = '<img src=x onerror=alert(5)>\x1b[31m\u202egnp.pcap'
const PHONE = 390
const PICTURE_OCTETS_MAX = 300_000

/** Set to `write` to make the pictures of the docs anew. */
const PICTURES = process.env.WAKEFUL_PICTURES === 'write' ? join(ROOT, 'docs', 'pictures') : undefined

// Without a browser CI fails in the first hook, and says so.
describe.skipIf(!command && !isCi)('the report in a browser', () => {
  let cli: Cli
  let browser: Chromium
  let hostile = ''
  let samples = ''

  beforeAll(async () => {
    if (!command) throw new Error('There is no chromium: install it (apt-get install chromium).')
    cli = await Cli.build()
    mkdirSync(cli.at('in'))
    writeFileSync(cli.at('in', FILE), hostileCapture())
    hostile = reportOf(cli.at('in'), 'hostile.html')
    samples = reportOf('samples', 'samples.html')
    browser = new Chromium(command)
  }, 180_000)
  afterAll(async () => {
    await browser?.close()
    cli?.remove()
  })

  function reportOf(input: string, name: string): string {
    expect(cli.run(['scan', input, '--html', cli.at(name), '--format', 'ndjson'])).toMatchObject({ code: 0 })
    return pathToFileURL(cli.at(name)).href
  }

  const open = (url: string, view: View = { width: 1280 }) => Page.open(browser, url, view)

  it('is an alert with every hostile name in it, or this file tests nothing', () => {
    const { out } = cli.run(['scan', cli.at('in'), '--format', 'ndjson'])
    const [incident] = objectsOf(out)
    const names = (incident.evidence as { sampleQnames: string[] }).sampleQnames
    expect(incident.severity).not.toBe('low')
    expect(names.filter((name) => name.includes('alert('))).toHaveLength(4)
    expect(names.filter((name) => name.includes('\\027'))).toHaveLength(1)
    expect(names.filter((name) => name.includes('\\226\\128\\174'))).toHaveLength(1)
    expect(names.length).toBeGreaterThanOrEqual(HOSTILE_LABELS.length)
  })

  it('O1: holds names as text: no element, no handler, no script, no request comes of them', async () => {
    const page = await open(hostile)
    const found = await page.evaluate<Record<string, unknown>>(`({
      active: document.querySelectorAll('script, img, iframe, object, embed, link, form, base, style ~ style').length,
      handlers: [...document.querySelectorAll('*')].flatMap((e) => [...e.attributes]).filter((a) => /^on/i.test(a.name)).length,
      text: document.body.innerText + [...document.querySelectorAll('details')].map((e) => e.textContent).join(),
      title: document.title,
    })`)
    expect(found).toMatchObject({ active: 0, handlers: 0, title: 'wakeful: 1 alert in default' })
    const text = found.text as string
    expect(text).toContain('<img\\032src=x\\032onerror=alert(1)>')
    expect(text).toContain('</title><script>alert(2)</script>')
    expect(text).toContain('<img src=x onerror=alert(5)>\\x1b[31m\\u{202e}gnp.pcap')
    expect(text.replaceAll(/[\n\t]/g, '')).not.toMatch(/[\p{Cc}\p{Cf}]/u)
    expect(page.requests).toEqual([hostile])
    expect(page.incidents).toEqual([])
  })

  it('would run nothing even if markup came through: the policy forbids it', async () => {
    const broken = cli.at('broken.html')
    const page = readFileSync(cli.at('hostile.html'), 'utf8')
    const attack = '<img src="http://127.0.0.1:9/x" onerror="document.title=1"><script>document.title=2</script>'
    writeFileSync(broken, page.replace('</main>', `${attack}</main>`))
    const opened = await open(pathToFileURL(broken).href)
    expect(await opened.evaluate('document.title')).toBe('wakeful: 1 alert in default')
    expect(opened.incidents.some((told) => told.includes('Content Security Policy'))).toBe(true)
  })

  it.each([PHONE, 768, 1280])('never scrolls sideways at %i pixels', async (width) => {
    for (const url of [hostile, samples]) {
      const page = await open(url, { width })
      expect(await page.evaluate('document.documentElement.scrollWidth'), url).toBeLessThanOrEqual(width)
    }
  })

  it('can be found one’s way in without eyes', async () => {
    const page = await open(samples)
    const found = await page.evaluate<Record<string, string[]>>(`({
      headings: [...document.querySelectorAll('h1,h2,h3,h4,h5')].map((e) => e.tagName),
      pictures: [...document.querySelectorAll('svg')].filter((e) => e.getAttribute('role') !== 'img' || !e.querySelector(':scope > title')?.textContent).map((e) => e.outerHTML),
      heads: [...document.querySelectorAll('th')].filter((e) => !e.scope).map((e) => e.outerHTML),
      ids: [...document.querySelectorAll('[id]')].map((e) => e.id),
      lost: [...document.querySelectorAll('a')].filter((e) => !document.querySelector(e.getAttribute('href'))).map((e) => e.outerHTML),
      tables: [...document.querySelectorAll('table')].filter((e) => !e.querySelector('thead th')).map((e) => e.outerHTML),
    })`)
    const levels = found.headings.map((tag) => Number(tag[1]))
    expect(levels.filter((level) => level === 1)).toHaveLength(1)
    for (let i = 1; i < levels.length; i++) expect(levels[i] - levels[i - 1], `heading ${i}`).toBeLessThanOrEqual(1)
    expect(found).toMatchObject({ pictures: [], heads: [], lost: [], tables: [] })
    expect(new Set(found.ids).size).toBe(found.ids.length)
  })

  it('prints light, with cards that stay whole and folds that are open', async () => {
    const page = await open(samples, { width: 720, scheme: 'dark', media: 'print' })
    const found = await page.evaluate(`({
      ground: getComputedStyle(document.querySelector('.card')).backgroundColor,
      whole: getComputedStyle(document.querySelector('.card')).breakInside,
      folded: [...document.querySelectorAll('details ol')].every((e) => e.getBoundingClientRect().height > 0),
    })`)
    expect(found).toEqual({ ground: 'rgb(255, 255, 255)', whole: 'avoid', folded: true })
  })

  it.each([
    ['report-light.png', { width: 1280 }, 1560],
    ['report-dark.png', { width: 1280, scheme: 'dark' }, 1560],
    ['report-390.png', { width: PHONE }, 2400],
  ] as const)('looks like %s', async (name, view, height) => {
    const page = await open(samples, view)
    const picture = await page.picture(height)
    expect(picture.length).toBeLessThan(PICTURE_OCTETS_MAX)
    if (PICTURES) writeFileSync(join(PICTURES, name), picture)
  })

  it('is not the only safe place: the terminal gets no control octet, a spreadsheet no formula', () => {
    const env = { NO_COLOR: undefined, FORCE_COLOR: '1' }
    const table = cli.run(['scan', cli.at('in')], { env })
    for (const text of [table.out, table.err]) expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u)
    expect(table.out).toContain('<img src=x onerror=alert(5)>\\x1b[31m\\u{202e}gnp.pcap')
    const csv = cli.run(['scan', cli.at('in'), '--format', 'csv']).out
    const presented = FORMULA_DOMAIN.toLowerCase().replaceAll(' ', '\\032')
    expect(csv).toContain(`,"'${presented}",`)
    expect(csv).not.toMatch(/(^|,)"?[=+\-@|%]/m)
    expect(csv.replaceAll('\r\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u)
  })
})
