/** Octets of a message that are kept: enough to see what it was. */
const KEPT_MAX = 4096

/** A message nobody could read: where it lies, why, how long it was, and how it begins. */
export function deadLetterMessage(id: string, reason: string, value: Uint8Array | null): string {
  const octets = value?.length ?? 0
  const kept =
    value === null ? '' : Buffer.from(value.buffer, value.byteOffset, Math.min(octets, KEPT_MAX)).toString('base64')
  return JSON.stringify({ kind: 'dead-letter', id, reason, octets, value: kept })
}
