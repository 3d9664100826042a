import { Worker } from 'node:worker_threads'
import { MUTANT_OCTETS_MAX } from './mutate.ts'

/** An input that takes this long will not end. */
const HANG_MS = 60_000

/** In a thread of its own, as a decoder that hangs lets nothing else run: saves the input it hangs on, and ends all. */
const THREAD = `
const { workerData: { shared, hangMs } } = require('node:worker_threads')
const fs = require('node:fs')
const path = require('node:path')
const words = new Int32Array(shared, 0, 4)
let seen = -1
let since = Date.now()
setInterval(() => {
  const number = Atomics.load(words, 0)
  if (number !== seen) [seen, since] = [number, Date.now()]
  if (Date.now() - since < hangMs || words[3] === 0) return
  const octets = Buffer.from(new Uint8Array(shared, 16))
  const target = octets.subarray(0, words[2]).toString()
  const folder = fs.mkdtempSync(path.join(require('node:os').tmpdir(), 'wakeful-fuzz-'))
  const file = path.join(folder, target + '.bin')
  fs.writeFileSync(file, octets.subarray(64, 64 + words[1]))
  fs.writeSync(2, '\\n' + target + ': no end after ' + hangMs / 1000 + ' s\\nsaved ' + file +
    '; replay: npm run fuzz -- --target ' + target + ' --replay ' + file + '\\n')
  process.kill(process.pid, 'SIGKILL')
}, 1000)
`

/** Ends the process on an input that never ends, after saving it. */
export class Watchdog {
  private readonly shared = new SharedArrayBuffer(16 + 64 + MUTANT_OCTETS_MAX)
  /** Number of the input, its octets, octets of the target's name, whether one is watched. */
  private readonly words = new Int32Array(this.shared, 0, 4)
  private readonly octets = new Uint8Array(this.shared, 16)
  private readonly worker: Worker

  constructor(hangMs = HANG_MS) {
    this.worker = new Worker(THREAD, { eval: true, workerData: { shared: this.shared, hangMs } })
    this.worker.unref()
  }

  /** The input that is about to be run. */
  watch(target: string, bytes: Uint8Array): void {
    const name = Buffer.from(target)
    this.octets.set(name)
    this.octets.set(bytes, 64)
    this.words[1] = bytes.length
    this.words[2] = name.length
    this.words[3] = 1
    Atomics.add(this.words, 0, 1)
  }

  async stop(): Promise<void> {
    this.words[3] = 0
    await this.worker.terminate()
  }
}
