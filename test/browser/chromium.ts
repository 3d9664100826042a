import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable, Writable } from 'node:stream'

/** Names of the browser, Debian's first. */
const NAMES = ['chromium', 'chromium-browser', 'google-chrome']
const REPLY_MS = 30_000

const FLAGS = [
  ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-extensions'],
  ...['--no-first-run', '--hide-scrollbars', '--force-color-profile=srgb', '--font-render-hinting=none'],
  ...['--remote-debugging-pipe', '--disable-dev-shm-usage'],
]

type Answer = Record<string, unknown>
interface Message {
  readonly id?: number
  readonly method?: string
  readonly sessionId?: string
  readonly params?: Answer
  readonly result?: Answer
  readonly error?: { readonly message: string }
}

/** The command of an installed Chromium; undefined where there is none. */
export function findChromium(): string | undefined {
  return NAMES.find((name) => spawnSync(name, ['--version'], { stdio: 'ignore' }).status === 0)
}

/** A headless Chromium, spoken to in the DevTools protocol over two pipes (NUL ends a message): no package, no port. */
export class Chromium {
  private readonly process: ChildProcess
  private readonly folder = mkdtempSync(join(tmpdir(), 'wakeful-chromium-'))
  private readonly waiting = new Map<number, (message: Message) => void>()
  private readonly listeners: ((message: Message) => void)[] = []
  private lastId = 0

  constructor(command: string) {
    const words = [...FLAGS, `--user-data-dir=${this.folder}`, 'about:blank']
    this.process = spawn(command, words, { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] })
    let rest = ''
    const heard = this.process.stdio[4] as Readable
    heard.setEncoding('utf8').on('data', (chunk: string) => {
      const messages = (rest + chunk).split('\0')
      rest = messages.pop()!
      for (const text of messages) this.hear(JSON.parse(text))
    })
  }

  /** Sends a command and waits for its answer. */
  async send(method: string, params: Answer = {}, sessionId?: string): Promise<Answer> {
    const id = ++this.lastId
    const message = await new Promise<Message>((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`${method} was not answered`)), REPLY_MS)
      this.waiting.set(id, (message) => {
        clearTimeout(late)
        resolve(message)
      })
      const text = JSON.stringify({ id, method, params, ...(sessionId === undefined ? {} : { sessionId }) })
      ;(this.process.stdio[3] as Writable).write(`${text}\0`)
    })
    if (message.error) throw new Error(`${method}: ${message.error.message}`)
    return message.result ?? {}
  }

  onEvent(listen: (message: Message) => void): void {
    this.listeners.push(listen)
  }

  async close(): Promise<void> {
    const gone = new Promise((resolve) => this.process.once('exit', resolve))
    await this.send('Browser.close')
    await gone
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 })
  }

  private hear(message: Message): void {
    if (message.id === undefined) for (const listen of this.listeners) listen(message)
    else this.waiting.get(message.id)?.(message)
  }
}
