import { findEncoder } from '../encoders/index.ts'
import { joinOctets } from '../octets.ts'
import type { RowDraft } from './row-draft.ts'
import { createTransform, type Transform, type TunnelRow, wireName } from './transform.ts'

/** Names of one old name follow each other so fast, unless the next question comes earlier. */
const GAP_MS = 50

/**
 * The same octets in another spelling: each new prefix is the payload of one of the lab's encoders, and what was one
 * question may become many. The last of them gets the old answer, the others an empty one; an old name asked again asks
 * all of its new names again.
 */
function reencode(encoderName: string, what: string): Transform {
  const encoder = findEncoder(encoderName)!
  return createTransform(`as-${encoderName}`, `Every prefix is spelled ${what}.`, (rows, random) => {
    const known = new Map<string, Uint8Array[]>()
    const made: RowDraft[] = []
    for (const [at, row] of rows.entries()) {
      let names = known.get(row.key)
      if (!names) {
        // As long as the domain, so that a name holds as much as it would under it; never asked.
        const zone = `${'z'.repeat(Math.max(1, row.domain.length - 6))}.test`
        names = encoder.encode(textOf(row), zone, random).map(({ qname }) => under(row, qname, zone))
        if (names.length === 0) names = [joinOctets(row.prefix, row.domain)]
        known.set(row.key, names)
      }
      const room = at + 1 < rows.length ? rows[at + 1].timeMs - row.timeMs : Number.POSITIVE_INFINITY
      const gap = Math.max(0, Math.min(GAP_MS, room / names.length))
      for (const [i, name] of names.entries()) {
        made.push({
          batch: row.batch,
          row: row.row,
          timeMs: row.timeMs + i * gap,
          name,
          prefixOctets: name.length - row.domain.length,
          bare: i < names.length - 1,
        })
      }
    }
    return made
  })
}

/** Octets of the prefix as the tool wrote them, a dot between labels. */
function textOf({ prefix }: TunnelRow): Uint8Array {
  const text: number[] = []
  for (let at = 0; at < prefix.length; at += 1 + prefix[at]) {
    if (at > 0) text.push(0x2e)
    text.push(...prefix.subarray(at + 1, at + 1 + prefix[at]))
  }
  return Uint8Array.from(text)
}

function under(row: TunnelRow, qname: string, zone: string): Uint8Array {
  const wire = wireName(qname)
  return joinOctets(wire.subarray(0, wire.length - wireName(zone).length), row.domain)
}

export const asWords = reencode('words', 'as three words')
export const asDecimals = reencode('decimal', 'as decimal numbers of ten digits')
export const asShortLabels = reencode('short-labels', 'in three labels of eight characters')
export const asShortNames = reencode('base32-short', 'in names of seven characters')
export const asHashes = reencode('md5-shape', 'as hexadecimal hashes, like a look-up of files')
export const asUuids = reencode('uuid-shape', 'as UUIDs, like telemetry')
