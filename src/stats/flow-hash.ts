import { hashed, hashOctets, mix } from './hash.ts'

/** Seed of its own: an id of a flow must not look like a name's hash. */
const SEED = 0x666c6f77

/** Hash of the id that a log gave a flow, left in `hashed`; the same for the same octets in every log and run. */
export function hashFlowId(bytes: Uint8Array, start: number, end: number): void {
  hashOctets(bytes, start, end - start, SEED, false)
}

/**
 * Hash of a flow's five: client, server (four words each from `row * 4` on), their ports and the transport, left in `hashed`. Who asks is
 * who is called client, so that both directions are one flow.
 */
export function hashTuple(
  client: Uint32Array,
  server: Uint32Array,
  row: number,
  clientPort: number,
  serverPort: number,
  transport: number,
): void {
  let a = SEED ^ ((clientPort << 16) | serverPort)
  let b = SEED + transport
  for (let i = row * 4; i < row * 4 + 4; i++) {
    a = Math.imul(a ^ client[i], 0x85ebca6b)
    a ^= a >>> 15
    b = Math.imul(b + server[i], 0xc2b2ae35)
    b ^= b >>> 13
  }
  hashed.lo = mix(a, b)
  hashed.hi = mix(b, a ^ SEED)
}
