import { type Encoder, encoders, findEncoder } from '../encoders/index.ts'

/** Tools that have several ways to spell, by the tool's name; every other style is an encoder's own name. */
const FAMILIES: Readonly<Record<string, readonly string[]>> = {
  iodine: ['iodine-base32', 'iodine-base64', 'iodine-base64u', 'iodine-base128'],
  dnscat2: ['dnscat2', 'dnscat2-plain'],
  dnsexfiltrator: ['dnsexfiltrator', 'dnsexfiltrator-base32', 'dnsexfiltrator-small'],
}

/** Every style that can be asked for. */
export const STYLE_NAMES: readonly string[] = [
  ...new Set([...Object.keys(FAMILIES), ...encoders.map(({ name }) => name)]),
].sort()

/** The encoders of a style; undefined where there is no such style. */
export function encodersOf(style: string): readonly Encoder[] | undefined {
  const names = FAMILIES[style] ?? [style]
  const found = names.map(findEncoder)
  return found.every((encoder) => encoder !== undefined) ? (found as Encoder[]) : undefined
}
