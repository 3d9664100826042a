import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { ROOT } from '../house/tree.ts'

/** A service that runs as people run it, with what it said when it started. */
export class RunningService {
  readonly child: ChildProcessWithoutNullStreams
  address = ''
  /** The token that it shows at its first start. */
  token = ''
  said = ''
  readonly ended: Promise<number | null>

  private constructor(
    cliPath: string,
    words: readonly string[],
    env: Record<string, string>,
    flags: readonly string[],
  ) {
    this.child = spawn(process.execPath, [...flags, cliPath, 'watch', ...words], {
      cwd: ROOT,
      env: { ...process.env, ...env },
    })
    this.child.stderr.on('data', (chunk) => {
      this.said += String(chunk)
    })
    this.child.stdin.on('error', () => {})
    this.ended = new Promise((resolve) => this.child.once('close', resolve))
  }

  /** Starts one on a free port of the loopback, and waits until its dashboard is there. */
  static async start(
    cliPath: string,
    words: readonly string[],
    env: Record<string, string> = {},
    flags: readonly string[] = [],
  ): Promise<RunningService> {
    const service = new RunningService(cliPath, ['--listen', '127.0.0.1:0', ...words], env, flags)
    await service.until(() => / at https?:\/\/\S+\n/.test(service.said), 'its dashboard')
    service.address = / at (https?:\/\/\S+)\n/.exec(service.said)![1]
    await service.until(async () => (await fetch(`${service.address}/readyz`)).ok, 'to be ready')
    service.token = /shown this once: (\S+)/.exec(service.said)?.[1] ?? ''
    return service
  }

  /** Asks the API. */
  async ask(path: string, init: RequestInit = {}, token = this.token): Promise<{ status: number; body: unknown }> {
    const headers = { authorization: `Bearer ${token}`, ...(init.body ? { 'content-type': 'application/json' } : {}) }
    const response = await fetch(`${this.address}${path}`, { ...init, headers: { ...headers, ...init.headers } })
    const text = await response.text()
    return { status: response.status, body: text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : text }
  }

  /** Resolves when something holds; the runner's own time limit ends it where it never does. */
  async until(holds: () => boolean | Promise<boolean>, what: string): Promise<void> {
    while (!(await holds())) {
      if (this.child.exitCode !== null) throw new Error(`It ended, and was waited for ${what}: ${this.said}`)
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }

  /** Ends it as systemd would; gives its exit code. */
  async stop(): Promise<number | null> {
    this.child.kill('SIGTERM')
    return await this.ended
  }
}
