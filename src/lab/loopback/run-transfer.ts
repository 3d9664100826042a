import { createHash } from 'node:crypto'
import { createRandom, randomInteger } from '../../stats/random.ts'
import { det, openDetStream, receiveDet } from '../encoders/det.ts'
import { composeQuery } from '../wire/message.ts'
import { type Asked, ask } from './ask.ts'
import { LoopbackNameServer } from './name-server.ts'

/** What may leave at most. */
export const FILE_OCTETS_MAX = 1 << 20

/** A transfer over sockets: what was sent, and what the other side made of it. */
export interface LoopbackTransfer {
  readonly asked: readonly (Asked & { readonly qname: string; readonly id: number })[]
  readonly sentMd5: string
  /** Digest of what arrived; nothing where it could not be put together. */
  readonly arrivedMd5: string | undefined
  /** Digest as the client announced it. */
  readonly announcedMd5: string
}

/** Sends a file as DET does, from a client to a name server, both on the loopback, and opens what arrived. */
export async function runTransfer(
  file: Uint8Array,
  {
    address,
    zone,
    seed,
    now,
  }: { readonly address: string; readonly zone: string; readonly seed: number; now(): number },
  tell: (done: number, all: number) => void,
): Promise<LoopbackTransfer> {
  if (file.length > FILE_OCTETS_MAX) throw new RangeError(`the file has ${file.length} octets`)
  const random = createRandom(seed)
  const server = await LoopbackNameServer.start(address, seed)
  try {
    const names = det.encode(file, zone, random)
    const asked: (Asked & { qname: string; id: number })[] = []
    for (const [done, { qname, qtype }] of names.entries()) {
      const id = randomInteger(random, 0x10000)
      const query = composeQuery({ id, qname, qtype, ednsOctets: undefined })
      asked.push({ ...(await ask({ address, port: server.port }, query, now)), qname, id })
      tell(done + 1, names.length)
    }
    const receipt = receiveDet(server.names, zone)
    return {
      asked,
      sentMd5: md5(file),
      arrivedMd5: receipt && arrived(receipt.stream),
      announcedMd5: receipt?.md5 ?? '',
    }
  } finally {
    server.close()
  }
}

function arrived(stream: Uint8Array): string | undefined {
  try {
    return md5(openDetStream(stream))
  } catch {
    return undefined
  }
}

function md5(octets: Uint8Array): string {
  return createHash('md5').update(octets).digest('hex')
}
