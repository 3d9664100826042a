import { LABEL_OCTETS_MAX } from '../../dns/name.ts'

/** Names read as evidence, and octets of them: the bound of all work in this folder. */
const NAMES_MAX = 32
const OCTETS_MAX = 8192

/** A prefix as its labels, one character an octet (Latin-1), case as seen; never empty. */
export type Labels = readonly string[]

/**
 * The prefixes of wire-form names that end in a domain of `domainOctets`, in order. What does not read as labels is
 * left out from where it goes wrong, a name without a prefix altogether.
 */
export function readSampleNames(names: readonly Uint8Array[], domainOctets: number): Labels[] {
  const read: Labels[] = []
  let octets = 0
  for (const name of names.slice(0, NAMES_MAX)) {
    octets += name.length
    if (octets > OCTETS_MAX) break
    const labels = readLabels(name, name.length - (domainOctets > 0 ? domainOctets : 0))
    if (labels.length > 0) read.push(labels)
  }
  return read
}

function readLabels(name: Uint8Array, end: number): string[] {
  const bytes = Buffer.from(name.buffer, name.byteOffset, name.byteLength)
  const labels: string[] = []
  for (let at = 0; at < end; ) {
    const length = bytes[at]
    const next = at + 1 + length
    if (length === 0 || length > LABEL_OCTETS_MAX || next > end) break
    labels.push(bytes.toString('latin1', at + 1, next))
    at = next
  }
  return labels
}
