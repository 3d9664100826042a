import type { Chromium } from './chromium.ts'

/** How a page is looked at. */
export interface View {
  readonly width: number
  readonly height?: number
  readonly scheme?: 'light' | 'dark'
  readonly media?: 'screen' | 'print'
}

/** A page that was loaded, with what it did on the way. */
export class Page {
  /** URLs asked for, its own first. */
  readonly requests: string[] = []
  /** Dialogs opened, exceptions, and complaints of the browser such as breaches of the content security policy. */
  readonly incidents: string[] = []
  private readonly browser: Chromium
  private readonly session: string

  private constructor(browser: Chromium, session: string) {
    this.browser = browser
    this.session = session
    browser.onEvent(({ method, params, sessionId }) => {
      if (sessionId !== session || !params) return
      if (method === 'Network.requestWillBeSent') this.requests.push((params.request as { url: string }).url)
      const told = [
        'Page.javascriptDialogOpening',
        'Runtime.exceptionThrown',
        'Runtime.consoleAPICalled',
        'Log.entryAdded',
      ]
      if (told.includes(method ?? '')) this.incidents.push(`${method} ${JSON.stringify(params)}`)
    })
  }

  static async open(browser: Chromium, url: string, view: View): Promise<Page> {
    const { targetId } = await browser.send('Target.createTarget', { url: 'about:blank' })
    const { sessionId } = await browser.send('Target.attachToTarget', { targetId, flatten: true })
    const page = new Page(browser, sessionId as string)
    for (const domain of ['Page', 'Runtime', 'Log', 'Network']) await page.send(`${domain}.enable`)
    await page.look(view)
    const loaded = page.event('Page.loadEventFired')
    await page.send('Page.navigate', { url })
    await loaded
    return page
  }

  async look({ width, height = 900, scheme = 'light', media = 'screen' }: View): Promise<void> {
    const metrics = { width, height, deviceScaleFactor: 1, mobile: width < 600 }
    await this.send('Emulation.setDeviceMetricsOverride', metrics)
    const features = [{ name: 'prefers-color-scheme', value: scheme }]
    await this.send('Emulation.setEmulatedMedia', { media, features })
  }

  /** Value of an expression in the page. The policy binds the page, not the debugger. */
  async evaluate<T>(expression: string): Promise<T> {
    const { result, exceptionDetails } = await this.send('Runtime.evaluate', { expression, returnByValue: true })
    if (exceptionDetails) throw new Error(JSON.stringify(exceptionDetails))
    return (result as { value: T }).value
  }

  /** Waits until an expression in the page is true; the runner's own time limit ends it where it never is. */
  async until(expression: string): Promise<void> {
    while (!(await this.evaluate<boolean>(`Boolean(${expression})`))) {
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }

  /** Presses a key as a person would. */
  async press(key: string): Promise<void> {
    const text = key.length === 1 ? { text: key } : key === 'Enter' ? { text: '\r' } : {}
    await this.send('Input.dispatchKeyEvent', { type: 'keyDown', key, ...text })
    await this.send('Input.dispatchKeyEvent', { type: 'keyUp', key })
  }

  /** Types into what has the focus. */
  async type(text: string): Promise<void> {
    await this.send('Input.insertText', { text })
  }

  /** The page down to `height` pixels, or all of it, as PNG. */
  async picture(height?: number): Promise<Buffer> {
    const { cssContentSize, cssLayoutViewport } = (await this.send('Page.getLayoutMetrics')) as Record<
      string,
      { height: number; clientWidth: number }
    >
    const clip = { x: 0, y: 0, width: cssLayoutViewport.clientWidth, height: height ?? cssContentSize.height, scale: 1 }
    const shot = await this.send('Page.captureScreenshot', { format: 'png', clip, captureBeyondViewport: true })
    return Buffer.from(shot.data as string, 'base64')
  }

  async close(): Promise<void> {
    await this.send('Page.close')
  }

  private send(method: string, params?: Record<string, unknown>): Promise<Record<string, unknown>> {
    return this.browser.send(method, params, this.session)
  }

  private event(name: string): Promise<void> {
    return new Promise((resolve) => {
      this.browser.onEvent(({ method, sessionId }) => {
        if (method === name && sessionId === this.session) resolve()
      })
    })
  }
}
