import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { Cli } from '../cli/run-cli.ts'
import { ROOT } from '../house/tree.ts'
import { Chromium, findChromium } from './chromium.ts'
import { hostileCapture } from './hostile-capture.ts'
import { Page, type View } from './page.ts'
import { RunningService } from './running-service.ts'

const command = findChromium()
const isCi = process.env.CI === 'true'
if (!command && !isCi)
  console.warn('SKIPPED: there is no chromium here, so the dashboard was not looked at in a browser.')

const PHONE = 390
/** Set to `write` to make the pictures of the docs anew. */
const PICTURES = process.env.WAKEFUL_PICTURES === 'write' ? join(ROOT, 'docs', 'pictures') : undefined
/** Lines of the list. */
const ROWS = `document.querySelectorAll('.incidents tbody tr').length`
const TEXT = 'document.body.innerText'

// Without a browser CI fails in the first hook, and says so.
describe.skipIf(!command && !isCi)('the dashboard in a browser', () => {
  let cli: Cli
  let browser: Chromium
  let demo: RunningService
  let hostile: RunningService

  beforeAll(async () => {
    if (!command) throw new Error('There is no chromium: install it (apt-get install chromium).')
    cli = await Cli.build()
    browser = new Chromium(command)
    demo = await RunningService.start(cli.path, ['--journal', cli.at('demo')])
    hostile = await RunningService.start(cli.path, ['--journal', cli.at('hostile'), '--from', 'pcap:-'])
    hostile.child.stdin.write(hostileCapture())
    const total = async (service: RunningService, search: string) => {
      const { body } = await service.ask(`/api/incidents?search=${encodeURIComponent(search)}`)
      return (body as { total: number }).total
    }
    await hostile.until(async () => (await total(hostile, 'is:open')) > 0, 'the hostile incident')
    await demo.until(async () => (await total(demo, 'is:open')) === 3, 'the incidents of the samples')
  }, 180_000)
  afterAll(async () => {
    await browser?.close()
    await demo?.stop()
    await hostile?.stop()
    cli?.remove()
  })

  // Each page holds a connection, and a browser has six a host.
  const opened: Page[] = []
  afterEach(async () => {
    for (const page of opened.splice(0)) await page.close()
  })

  async function open(service: RunningService, route = '', view: View = { width: 1280 }): Promise<Page> {
    const page = await Page.open(browser, `${service.address}/#/token/${service.token}`, view)
    opened.push(page)
    await page.until(`document.querySelector('.state.running')`)
    if (route !== '') await page.evaluate(`location.hash = ${JSON.stringify(`#/${route}`)}`)
    return page
  }

  const firstId = async (service: RunningService, search = 'is:open') => {
    const { body } = await service.ask(`/api/incidents?search=${encodeURIComponent(search)}`)
    return (body as { incidents: { incident: { id: string } }[] }).incidents[0].incident.id
  }

  async function picture(page: Page, name: string, height?: number): Promise<void> {
    const shot = await page.picture(height)
    expect(shot.length).toBeGreaterThan(5000)
    if (PICTURES !== undefined) writeFileSync(join(PICTURES, `dashboard-${name}.png`), shot)
  }

  it('asks for a token, says that a wrong one is none, and takes the right one by hand', async () => {
    const page = await Page.open(browser, `${demo.address}/`, { width: 1280 })
    opened.push(page)
    await page.until(`document.querySelector('input[type=password]')`)
    const enter = async (token: string) => {
      await page.evaluate(`document.querySelector('input[type=password]').focus()`)
      await page.type(token)
      await page.press('Enter')
    }
    await enter('wrong')
    await page.until(`document.querySelector('[role=alert]')?.textContent.includes('needs a token')`)
    await enter(demo.token)
    await page.until(`${ROWS} === 3`)
    expect(await page.evaluate('document.cookie + localStorage.length')).toBe('0')
  })

  it('is painted soon after a first start', async () => {
    const startMs = Date.now()
    const fresh = await RunningService.start(cli.path, ['--journal', cli.at('fresh')])
    const page = await Page.open(browser, `${fresh.address}/#/token/${fresh.token}`, { width: 1280 })
    opened.push(page)
    await page.until(`${ROWS} > 0`)
    const paint = `performance.getEntriesByName('first-contentful-paint')[0]`
    await page.until(paint)
    const paintMs = await page.evaluate<number>(`performance.timeOrigin + ${paint}.startTime`)
    console.log(
      `first start to first paint of the dashboard: ${Math.round(paintMs - startMs)} ms, to the first incident: ${Date.now() - startMs} ms`,
    )
    expect(await fresh.stop()).toBe(0)
  })

  it('forgets the token of a link in the address, asks nobody but its service, and breaks no policy', async () => {
    const page = await open(demo)
    await page.until(`${ROWS} === 3`)
    expect(await page.evaluate('location.href')).toBe(`${demo.address}/#/`)
    expect(page.requests.every((url) => url.startsWith(demo.address))).toBe(true)
    expect(page.incidents).toEqual([])
  })

  it('lists incidents, filters and searches, and says what is wrong with a search', async () => {
    const page = await open(demo)
    await page.until(`${ROWS} === 3`)
    await picture(page, 'list-light', 620)
    const search = async (text: string) => {
      await page.evaluate(
        `(() => { const field = document.querySelector('input[type=search]'); field.focus(); field.select() })()`,
      )
      await page.type(text)
    }
    await search('tool:iodine')
    await page.until(`${ROWS} === 1 && ${TEXT}.includes('golf.test')`)
    await search('src:nonsense')
    await page.until(`document.querySelector('main [role=alert]')?.textContent.includes('src: takes an address')`)
    await search('')
    await page.until(`${ROWS} === 3 && !document.querySelector('main [role=alert]')`)
  })

  it('is worked by keys alone: down, open, verdict, back, help, pages', async () => {
    const page = await open(demo)
    await page.until(`${ROWS} === 3`)
    await page.evaluate(`document.getElementById('main').focus()`)
    await page.press('j')
    expect(await page.evaluate('document.activeElement.id')).toBe('row-1')
    await page.press('k')
    await page.press('Enter')
    await page.until(`location.hash.startsWith('#/incident/') && document.querySelector('.reasons')`)
    await page.press('m')
    await page.until(`document.querySelector('.stand.malicious')`)
    await page.press('Escape')
    await page.until(`location.hash === '#/'`)
    await page.press('?')
    await page.until(`document.querySelector('dialog[open]')`)
    await page.press('Escape')
    await page.until(`!document.querySelector('dialog[open]')`)
    await page.press('4')
    await page.until(`${TEXT}.includes('exchanges a second')`)
  })

  it('shows an incident whole: reasons, account with its line, payload, names, pivots', async () => {
    const page = await open(demo, `incident/${await firstId(demo, 'tool:iodine')}`)
    await page.until(`document.querySelectorAll('canvas').length === 2 && document.querySelector('.hex')`)
    const text = await page.evaluate<string>(TEXT)
    for (const part of [
      'Why',
      'octets of new information',
      'Decoded payload',
      'Sample names',
      'Zeek',
      'Splunk',
      'Elastic',
      'T1048.003',
    ]) {
      expect(text).toContain(part)
    }
    const says = await page.evaluate<string>(`document.querySelector('[role=img]').getAttribute('aria-label')`)
    expect(says).toMatch(/The account over 6 hours rose to [\d,]+ octets; its line is at 512/)
    await picture(page, 'incident-light')
    await page.look({ width: 1280, scheme: 'dark' })
    // Painted anew in the colours of the scheme: the account's line is bright on dark.
    await page.until(
      `document.querySelectorAll('canvas').length === 2 && matchMedia('(prefers-color-scheme: dark)').matches`,
    )
    await new Promise((resolve) => setTimeout(resolve, 300))
    await picture(page, 'incident-dark')
  })

  it('takes a verdict and a suppression, each seen at once in the list of another viewer', async () => {
    const other = await open(demo)
    await other.until(`${ROWS} > 0`)
    const id = await firstId(demo, 'is:open sort:out-asc')
    const page = await open(demo, `incident/${id}`)
    await page.until(`document.querySelector('button.good')`)
    const before = await other.evaluate<number>(ROWS)
    await page.evaluate(`document.querySelector('button.good').click()`)
    await page.until(`document.querySelector('.stand.benign')`)
    await other.until(`${ROWS} === ${before - 1}`)

    const open2 = await firstId(demo, 'is:open')
    await page.evaluate(`location.hash = '#/incident/${open2}'`)
    await page.until(`document.querySelector('.stand.open')`)
    await page.press('s')
    await page.until(`document.querySelector('.fields')`)
    await page.evaluate(`document.querySelector('.fields .wide input').focus()`)
    await page.type('ours: <img src=x onerror=alert(1)>')
    await page.evaluate(`[...document.querySelectorAll('.fields button')].at(-1).click()`)
    await page.until(
      `${TEXT}.includes('1 incident that are known') || ${TEXT}.includes('1 incidents') || ${TEXT}.includes('1 incident ')`,
    )
    await page.evaluate(`document.querySelector('.fields button[type=submit]').click()`)
    await page.until(`document.querySelector('.stand.withheld')`)
    await other.until(`${ROWS} === 0 || ${ROWS} === ${before - 2}`)
    await page.evaluate(`location.hash = '#/suppressions'`)
    await page.until(`${TEXT}.includes('ours: <img src=x onerror=alert(1)>')`)
    expect(page.incidents).toEqual([])
    await page.evaluate(`[...document.querySelectorAll('td button')].find((b) => b.textContent === 'Lift').click()`)
    await page.until(`${TEXT}.includes('lifted')`)
  })

  it('makes a token that is shown once, and ends it; a viewer sees and decides nothing', async () => {
    const page = await open(demo, 'access')
    await page.until(`document.querySelector('form.fields input')`)
    await page.evaluate(`document.querySelector('form.fields input').focus()`)
    await page.type('vera')
    await page.press('Enter')
    await page.until(`document.querySelector('[role=status] code')`)
    const token = await page.evaluate<string>(`document.querySelector('[role=status] code').textContent`)
    await page.until(`${TEXT}.includes('make viewer token')`)
    const viewer = await Page.open(browser, `${demo.address}/#/token/${token}`, { width: 1280 })
    opened.push(viewer)
    await viewer.until(`document.querySelector('nav') && !${TEXT}.includes('Access')`)
    await viewer.evaluate(`location.hash = '#/incident/${await firstId(demo, '')}'`)
    await viewer.until(`document.querySelector('.reasons')`)
    expect(await viewer.evaluate(`document.querySelectorAll('button.good, button.bad').length`)).toBe(0)
    await page.evaluate(`[...document.querySelectorAll('td button')].find((b) => b.textContent === 'End').click()`)
    await viewer.evaluate(`location.hash = '#/suppressions'`)
    await viewer.until(`document.querySelector('main [role=alert]')?.textContent.includes('needs a token')`)
  })

  it('O1: every hostile name is text, on every page, and nothing comes of it', async () => {
    const id = await firstId(hostile)
    const page = await open(hostile)
    await page.until(`${ROWS} >= 1`)
    await page.evaluate(`location.hash = '#/incident/${id}'`)
    await page.until(`document.querySelector('.names')`)
    const text = await page.evaluate<string>('document.body.textContent')
    expect(text).toContain('<img\\032src=x\\032onerror=alert(1)>')
    expect(text).toContain('</title><script>alert(2)</script>')
    expect(text.replaceAll(/[\n\t]/g, '')).not.toMatch(/[\p{Cc}\p{Cf}]/u)
    expect(
      await page.evaluate(
        `document.querySelectorAll('img:not([src="/mark.svg"]), iframe, object, embed, script:not([src^="/assets/"])').length`,
      ),
    ).toBe(0)
    expect(page.incidents).toEqual([])
    expect(page.requests.every((url) => url.startsWith(hostile.address))).toBe(true)
  })

  it.each(['', 'suppressions', 'model', 'health', 'access', 'incident'])(
    'never scrolls sideways at 390 pixels: %s',
    async (route) => {
      const there = route === 'incident' ? `incident/${await firstId(hostile)}` : route
      const page = await open(hostile, there, { width: PHONE })
      await page.until(`document.querySelector('main h1')`)
      await new Promise((resolve) => setTimeout(resolve, 500))
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(PHONE)
    },
  )

  it('is there in both schemes and on a phone; its controls have names', async () => {
    const page = await open(demo, 'health', { width: 1280, scheme: 'dark' })
    await page.until(`document.querySelector('canvas')`)
    expect(await page.evaluate(`getComputedStyle(document.body).backgroundColor`)).toBe('rgb(17, 22, 27)')
    await picture(page, 'health-dark', 760)
    await page.press('t')
    await page.until(`getComputedStyle(document.body).backgroundColor === 'rgb(244, 245, 247)'`)
    await page.evaluate(`location.hash = '#/model'`)
    await page.until(`${TEXT}.includes('Static against adaptive')`)
    await picture(page, 'model-light', 620)
    await page.evaluate(`localStorage.clear()`)
    const phone = await open(demo, '', { width: PHONE })
    await phone.evaluate(`[...document.querySelectorAll('.chips button')].at(-1).click()`)
    await phone.until(`${ROWS} >= 3`)
    await picture(phone, 'list-390', 760)
    const nameless = await phone.evaluate<number>(
      `[...document.querySelectorAll('button, a, input')].filter((e) => !(e.textContent.trim() || e.getAttribute('aria-label') || e.labels?.length || e.getAttribute('aria-hidden'))).length`,
    )
    expect(nameless).toBe(0)
  })
})
