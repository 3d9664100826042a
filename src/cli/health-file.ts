import { say } from './say.ts'
import { writeWhole } from './write-whole.ts'

const EVERY_MS = 1000

/** Keeps a file that says how a service is, whole at any moment, for a watchdog to read. */
export class HealthFile {
  private readonly path: string | undefined
  private readonly health: () => object
  private readonly timer: NodeJS.Timeout | undefined
  private isWrong = false

  constructor(path: string | undefined, health: () => object) {
    this.path = path
    this.health = health
    if (path === undefined) return
    this.write()
    this.timer = setInterval(() => this.write(), EVERY_MS)
    this.timer.unref()
  }

  /** Writes the last state. */
  end(): void {
    clearInterval(this.timer)
    if (this.path !== undefined) this.write()
  }

  private write(): void {
    try {
      const { user, system } = process.cpuUsage()
      const own = { cpuSeconds: (user + system) / 1e6, rssMiB: Math.round(process.memoryUsage.rss() / 2 ** 20) }
      writeWhole(this.path!, `${JSON.stringify({ ...this.health(), ...own })}\n`)
      this.isWrong = false
    } catch (error) {
      // Nobody's detection ends because a watchdog's file cannot be written.
      if (!this.isWrong) say((error as Error).message)
      this.isWrong = true
    }
  }
}
