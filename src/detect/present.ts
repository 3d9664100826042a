import { formatName } from '../dns/name.ts'

/** A whole wire-form name as text. */
export function presentName(wire: Uint8Array): string {
  return formatName(wire, 0, wire.length)
}
