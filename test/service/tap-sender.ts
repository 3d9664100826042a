import { connect, type Socket } from 'node:net'
import { message, response } from '../../src/sources/capture/compose.testing.ts'
import { control, frame, tapped } from '../../src/sources/dnstap/compose.testing.ts'
import { CONTENT_TYPE } from '../../src/sources/dnstap/frame-reader.ts'
import { createRandom } from '../../src/stats/random.ts'

/** A name server's side of dnstap: benign exchanges, and a tunnel of one client; comes back when it is cut off. */
export class TapSender {
  private readonly path: string
  private readonly random = createRandom(5)
  private socket: Socket | undefined
  private timer: NodeJS.Timeout | undefined
  private at = 0

  constructor(path: string) {
    this.path = path
  }

  /** Sends so many exchanges a second until it is stopped. */
  start(perSecond: number): void {
    this.timer = setInterval(() => {
      if (!this.socket || this.socket.destroyed) {
        this.open()
        return
      }
      if (!this.socket.writableNeedDrain)
        this.socket.write(Buffer.concat(Array.from({ length: perSecond / 50 }, () => this.exchange())))
    }, 20)
  }

  /** Sends so many exchanges as fast as they are taken. */
  async flood(pairs: number): Promise<void> {
    this.open()
    const portion = Buffer.concat(Array.from({ length: 1000 }, () => this.exchange()))
    for (let sent = 0; sent < pairs; sent += 1000) {
      if (!this.socket!.write(portion)) await new Promise((resolve) => this.socket!.once('drain', resolve))
    }
  }

  stop(): void {
    clearInterval(this.timer)
    this.socket?.destroy()
  }

  private open(): void {
    this.socket = connect(this.path)
    this.socket.on('error', () => {})
    this.socket.write(Uint8Array.from(control(2, CONTENT_TYPE)))
  }

  private exchange(): Buffer {
    const id = this.at++ & 0xffff
    const hex = () => Math.floor(this.random() * 16).toString(16)
    const leaks = this.at % 10 === 0
    const name = leaks ? `${Array.from({ length: 40 }, hex).join('')}.t.tapped.test` : `www.site${this.at % 60}.test`
    const timeMs = Date.now()
    const queryAddress = leaks ? [10, 0, 0, 9] : [10, 0, 1, 1 + (this.at % 50)]
    const parts = { timeMs, queryAddress }
    return Buffer.from([
      ...frame(tapped({ ...parts, message: message({ id, name }) })),
      ...frame(tapped({ ...parts, type: 6, message: response({ id, name }) })),
    ])
  }
}
