import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Cli } from '../cli/run-cli.ts'
import { ROOT } from '../house/tree.ts'
import { Chromium, findChromium } from './chromium.ts'
import { Page, type View } from './page.ts'

const command = findChromium()
const isCi = process.env.CI === 'true'
if (!command && !isCi)
  console.warn('SKIPPED: there is no chromium here, so the evaluation was not looked at in a browser.')

const SAMPLES = ['benign', 'det', 'dnscat2', 'iodine']
const TOOL = '<img src=x onerror=alert(1)>\x1b[31m\u202elooT'
const NETWORK = '</title><script>alert(2)</script>'
const PHONE = 390
const PICTURE_OCTETS_MAX = 300_000

/** Set to `write` to make the pictures of the docs anew. */
const PICTURES = process.env.WAKEFUL_PICTURES === 'write' ? join(ROOT, 'docs', 'pictures') : undefined

// Without a browser CI fails in the first hook, and says so.
describe.skipIf(!command && !isCi)('the report of an evaluation in a browser', () => {
  let cli: Cli
  let browser: Chromium
  let hostile = ''
  let samples = ''
  const printed: string[] = []

  beforeAll(async () => {
    if (!command) throw new Error('There is no chromium: install it (apt-get install chromium).')
    cli = await Cli.build()
    mkdirSync(cli.at('in'))
    for (const name of SAMPLES) copyFileSync(join(ROOT, 'samples', `${name}.pcap.gz`), cli.at('in', `${name}.pcap.gz`))
    const clean = manifest('clean.csv', ['benign', 'DET', 'dnscat2', 'iodine'], 'lab')
    const model = cli.at('my.model')
    run(['train', '--manifest', clean, '--model', 'boosting', '-o', model])
    samples = reportOf(['--manifest', clean, '--model', model], 'samples.html')
    const tainted = manifest('tainted.csv', ['benign', TOOL, `${TOOL}2`, `${TOOL}3`], NETWORK)
    const models = ['--models', 'logistic', 'boosting', '--split-by', 'rows']
    hostile = reportOf(['--manifest', tainted, ...models], 'hostile.html')
    browser = new Chromium(command)
  }, 240_000)
  afterAll(async () => {
    await browser?.close()
    cli?.remove()
  })

  /** The samples as labelled traffic: one tunnel is held out, and of the benign domains a fifth. */
  function manifest(file: string, tools: readonly string[], network: string): string {
    const domains = ['', 'jasper.example', 'willow.example', 'golf.test']
    const rows = SAMPLES.map((name, i) => {
      const label = i === 0 ? 'benign' : 'attack'
      const split = name === 'iodine' ? 'dev' : 'train'
      return `${name}.pcap.gz,pcap,${label},"${tools[i]}","${network}",${split},${name},${domains[i]}\n`
    })
    const path = cli.at('in', file)
    writeFileSync(path, `file,format,label,family,network,split,group,domains\n${rows.join('')}`)
    return path
  }

  function run(words: readonly string[]): string {
    const { code, out, err } = cli.run(words)
    expect(code, err).toBe(0)
    return out
  }

  function reportOf(words: readonly string[], name: string): string {
    printed.push(run(['evaluate', ...words, '--html', cli.at(name), '--format', 'json']))
    return pathToFileURL(cli.at(name)).href
  }

  const open = (url: string, view: View = { width: 1280 }) => Page.open(browser, url, view)

  it('stands beside one object of all its figures, in printable ASCII', () => {
    for (const out of printed) expect(out).toMatch(/^[\x20-\x7e]+\n$/)
    const [file, models] = printed.map((out) => JSON.parse(out))
    expect(Object.keys(file)).toEqual(Object.keys(models))
    // Without DET or dnscat2 a single tunnel is left, which no folds can be made of: only iodine, which trains nothing.
    expect(file.leftOut.map(({ leftOut }: { leftOut: string }) => leftOut)).toEqual(['iodine'])
    expect(models.judged.map(({ name }: { name: string }) => name)).toEqual(['logistic', 'boosting'])
    // Nothing is called attack by the commoner class, so its precision is none.
    expect(file.baselines[0]).toMatchObject({ name: 'majority: all benign', precision: null, recall: 0 })
  })

  it('holds names as text: no element, no handler, no script, no request comes of them', async () => {
    const page = await open(hostile)
    const found = await page.evaluate<Record<string, unknown>>(`({
      active: document.querySelectorAll('script, img, iframe, object, embed, link, form, base, style ~ style').length,
      handlers: [...document.querySelectorAll('*')].flatMap((e) => [...e.attributes]).filter((a) => /^on/i.test(a.name)).length,
      text: document.body.innerText + [...document.querySelectorAll('details')].map((e) => e.textContent).join(),
    })`)
    expect(found).toMatchObject({ active: 0, handlers: 0 })
    const text = found.text as string
    expect(text).toContain('<img src=x onerror=alert(1)>\\x1b[31m\\u{202e}looT')
    expect(text.replaceAll(/[\n\t]/g, '')).not.toMatch(/[\p{Cc}\p{Cf}]/u)
    expect(page.requests).toEqual([hostile])
    expect(page.incidents).toEqual([])
  })

  it.each([
    [PHONE, 'light'],
    [PHONE, 'dark'],
    [1280, 'light'],
    [1280, 'dark'],
  ] as const)('never scrolls sideways at %i pixels, %s, and is silent', async (width, scheme) => {
    for (const url of [hostile, samples]) {
      const page = await open(url, { width, scheme })
      const folds = `document.querySelectorAll('details').forEach((fold) => { fold.open = true })`
      await page.evaluate(folds)
      expect(await page.evaluate('document.documentElement.scrollWidth'), url).toBeLessThanOrEqual(width)
      expect(page.requests).toEqual([url])
      expect(page.incidents).toEqual([])
    }
  })

  it('can be found one’s way in without eyes', async () => {
    const page = await open(samples)
    const found = await page.evaluate<Record<string, string[]>>(`({
      headings: [...document.querySelectorAll('h1,h2,h3,h4,h5')].map((e) => e.tagName),
      pictures: [...document.querySelectorAll('svg:not([aria-hidden])')].filter((e) => e.getAttribute('role') !== 'img' || !e.querySelector(':scope > title')?.textContent).map((e) => e.outerHTML),
      heads: [...document.querySelectorAll('th')].filter((e) => !e.scope).map((e) => e.outerHTML),
      tables: [...document.querySelectorAll('table')].filter((e) => !e.querySelector('thead th')).map((e) => e.outerHTML),
    })`)
    const levels = found.headings.map((tag) => Number(tag[1]))
    expect(levels.filter((level) => level === 1)).toHaveLength(1)
    for (let i = 1; i < levels.length; i++) expect(levels[i] - levels[i - 1], `heading ${i}`).toBeLessThanOrEqual(1)
    expect(found).toMatchObject({ pictures: [], heads: [], tables: [] })
  })

  it('draws a curve as wide as its chart, and prints light with folds open', async () => {
    const page = await open(samples)
    const [curve, chart] = await page.evaluate<[number, number]>(
      `[document.querySelector('polyline.curve'), document.querySelector('.plot > svg')].map((e) => e.getBoundingClientRect().width)`,
    )
    expect(Math.abs(curve - chart)).toBeLessThan(4)
    await page.look({ width: 720, scheme: 'dark', media: 'print' })
    const printed = await page.evaluate(`({
      ground: getComputedStyle(document.querySelector('.card')).backgroundColor,
      folded: [...document.querySelectorAll('details table')].every((e) => e.getBoundingClientRect().height > 0),
      wide: document.documentElement.scrollWidth <= 720,
    })`)
    expect(printed).toEqual({ ground: 'rgb(255, 255, 255)', folded: true, wide: true })
  })

  it.each([
    ['evaluate-light.png', { width: 1280 }, 1612],
    ['evaluate-390.png', { width: PHONE }, 2400],
  ] as const)('looks like %s', async (name, view, height) => {
    const page = await open(samples, view)
    const picture = await page.picture(height)
    expect(picture.length).toBeLessThan(PICTURE_OCTETS_MAX)
    if (PICTURES) writeFileSync(join(PICTURES, name), picture)
  })
})
