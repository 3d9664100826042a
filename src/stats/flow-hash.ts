import { hashOctets } from './hash.ts'

/** Seed of its own: an id of a flow must not look like a name's hash. */
const SEED = 0x666c6f77

/** Hash of the id that a log gave a flow, left in `hashed`; the same for the same octets in every log and run. */
export function hashFlowId(bytes: Uint8Array, start: number, end: number): void {
  hashOctets(bytes, start, end - start, SEED, false)
}

const tuple = new Uint8Array(38)

/**
 * Hash of a flow's five: client, server, their ports and the transport, left in `hashed`. Who asks is who is called client, so that both
 * directions are one flow.
 */
export function hashTuple(
  addresses: { readonly client: Uint8Array; readonly server: Uint8Array },
  row: number,
  clientPort: number,
  serverPort: number,
  transport: number,
): void {
  for (let i = 0; i < 16; i++) {
    tuple[i] = addresses.client[row * 16 + i]
    tuple[16 + i] = addresses.server[row * 16 + i]
  }
  tuple[32] = clientPort >>> 8
  tuple[33] = clientPort & 0xff
  tuple[34] = serverPort >>> 8
  tuple[35] = serverPort & 0xff
  tuple[36] = transport
  hashOctets(tuple, 0, 37, SEED + 1, false)
}
