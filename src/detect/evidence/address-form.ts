import type { Labels } from './sample-names.ts'

/** Nibbles of an IPv6 address; block lists cut some off. */
const NIBBLES_MIN = 16

/**
 * Whether labels read as an address, in the order of reverse look-ups: they are written backwards, and nothing but a
 * hand-made encoder's reader knows whether something else is. Such names are not decoded.
 */
export function isAddressForm(labels: Labels): boolean {
  const four = labels.length === 4 && labels.every((label) => /^\d{1,3}$/.test(label) && Number(label) < 256)
  return four || (labels.length >= NIBBLES_MIN && labels.every((label) => /^[0-9a-f]$/i.test(label)))
}
