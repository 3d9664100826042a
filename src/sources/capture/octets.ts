import { wordView } from '../../dns/word-view.ts'

/** 16 bits in network order. */
export function uint16(bytes: Uint8Array, at: number): number {
  return (bytes[at] << 8) | bytes[at + 1]
}

/** 32 bits in network order, unsigned. */
export function uint32(bytes: Uint8Array, at: number): number {
  return ((bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3]) >>> 0
}

/** 16 bits in the order of the machine that wrote the file. */
export function fileUint16(bytes: Uint8Array, at: number, little: boolean): number {
  return little ? (bytes[at + 1] << 8) | bytes[at] : uint16(bytes, at)
}

/** 32 bits in the order of the machine that wrote the file, unsigned. */
export function fileUint32(bytes: Uint8Array, at: number, little: boolean): number {
  return wordView(bytes).getUint32(at, little)
}
