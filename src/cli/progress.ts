import { countWords } from '../sinks/words.ts'
import type { InputFile } from '../sources/input-file.ts'
import type { FoundInput, FoundInputs } from '../sources/inputs/find-inputs.ts'

/** A redraw costs a system call: ten a second look smooth. */
const REDRAW_MS = 100
const BAR_COLUMNS = 24
const MIB = 1024 * 1024

/** One line on a terminal's standard error that says how far the reading is; silent anywhere else. */
export class Progress {
  private readonly stream: NodeJS.WriteStream
  private files = 0
  private readonly done = new Set<string>()
  private octets = 0
  private drawnAt = Number.NEGATIVE_INFINITY
  private drawn = false

  constructor(stream: NodeJS.WriteStream = process.stderr) {
    this.stream = stream
  }

  /** The same inputs, counted as they are read. */
  follow(found: FoundInputs): FoundInputs {
    if (!this.stream.isTTY) return found
    this.files = found.inputs.length
    return { ...found, inputs: found.inputs.map((input) => this.followOne(input)) }
  }

  /** Takes the line away, so that what follows starts on a clean one. */
  clear(): void {
    if (this.drawn) this.stream.write('\r\x1b[K')
    this.drawn = false
  }

  private followOne({ file, type }: FoundInput): FoundInput {
    const progress = this
    const followed: InputFile = {
      index: file.index,
      label: file.label,
      path: file.path,
      async *chunks(onFailure) {
        for await (const chunk of file.chunks(onFailure)) {
          progress.octets += chunk.length
          progress.draw()
          yield chunk
        }
        progress.done.add(file.path)
      },
    }
    return { file: followed, type }
  }

  private draw(): void {
    const now = performance.now()
    if (now - this.drawnAt < REDRAW_MS) return
    this.drawnAt = now
    this.drawn = true
    const filled = Math.round((this.done.size / this.files) * BAR_COLUMNS)
    const bar = '#'.repeat(filled).padEnd(BAR_COLUMNS, '.')
    this.stream.write(
      `\r\x1b[K[${bar}] ${this.done.size} of ${countWords(this.files, 'file')}, ${Math.floor(this.octets / MIB)} MiB read`,
    )
  }
}
