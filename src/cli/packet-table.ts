import { eachPacket, type PacketRow } from '../datasets/packets/each-packet.ts'
import { EXIT, ExitError } from './exit.ts'
import { interruptible } from './interrupt.ts'
import { type ReadOptions, sourceOptions } from './options.ts'
import { writeOut } from './output.ts'
import { readInputs } from './read-inputs.ts'
import { demandSomethingRead } from './tell-inputs.ts'
import { writePieces } from './write-whole.ts'

/** A table with a line a DNS message: its header, and the cells of a row. */
export interface PacketTable {
  readonly header: readonly string[]
  /** Nothing where the packet has no line. */
  cells(row: PacketRow): readonly string[] | undefined
  /** Called when all is read, before anything is kept; throws where the table must not be. */
  check?(): void
}

/** Lines held until they are written: a whole or not at all. */
const CHUNK_LINES = 2000

/** Writes a line a DNS message of captures, in the order of their packets: to a file, or to standard output. */
export async function writePacketTable(
  inputs: readonly string[],
  options: ReadOptions & { readonly out?: string },
  table: PacketTable,
): Promise<void> {
  await interruptible(async (signal) => {
    const { ports } = sourceOptions(options)
    let lines = 0
    const counts = await readInputs(inputs, options, { dedupeContent: false }, async (found) => {
      const captures = found.inputs.filter(({ type }) => type === 'pcap' || type === 'pcapng')
      if (captures.length < found.inputs.length) {
        throw new ExitError(
          EXIT.usage,
          'Packets are in captures only: name pcap or pcapng files, and no logs or lists.',
        )
      }
      const all: Awaited<ReturnType<typeof eachPacket>>[] = []
      const pieces = async function* (): AsyncGenerator<string> {
        yield `${table.header.join(',')}\r\n`
        for (const { file } of captures) {
          let waiting: string[] = []
          const chunks: string[] = []
          const counted = await eachPacket(
            file,
            ports,
            (row) => {
              const cells = table.cells(row)
              if (cells === undefined) return
              lines++
              waiting.push(`${cells.join(',')}\r\n`)
              if (waiting.length < CHUNK_LINES) return
              chunks.push(waiting.join(''))
              waiting = []
            },
            signal,
          )
          all.push(counted)
          yield* chunks
          yield waiting.join('')
        }
        if (all.some(({ packets }) => packets > 0) && lines === 0) {
          throw new ExitError(EXIT.nothingRead, 'No packet carries DNS: name the port it is on with --port.')
        }
        table.check?.()
      }
      if (options.out !== undefined) await writePieces(options.out, pieces(), signal)
      else await writeOut(await whole(pieces()))
      return all
    })
    demandSomethingRead(inputs, counts)
  })
}

/** Of standard output nothing can be taken back: it is written when all is known to be well. */
async function whole(pieces: AsyncIterable<string>): Promise<string[]> {
  const all: string[] = []
  for await (const piece of pieces) all.push(piece)
  return all
}
