import { readDet } from './det.ts'
import { readDnsExfiltrator } from './dns-exfiltrator.ts'
import { readDns2tcp } from './dns2tcp.ts'
import { readDnscat2 } from './dnscat2.ts'
import { type Reading, readGeneric } from './generic.ts'
import { readIodine } from './iodine.ts'
import { type Decoded, describePayload } from './payload.ts'
import { readSampleNames } from './sample-names.ts'
import type { EvidenceFacts, ToolReader, ToolReading } from './tool.ts'

/** The tools whose names are known, the surest traits first. */
const TOOLS: readonly ToolReader[] = [readIodine, readDns2tcp, readDet, readDnsExfiltrator, readDnscat2]

/** What a domain's names say of their payload and of the tool that made them. */
export interface PayloadEvidence {
  decoded: Decoded | null
  style: { guess: string; confidence: number } | null
}

/**
 * Evidence from the first novel names of a domain: wire form, in order, case as seen, each ending in `domainOctets` of
 * registered domain (0 where the names are spoken without one). Never throws, whatever the names hold; looks at 32
 * names and 8 KiB at most.
 *
 * An answer is right or absent: a payload is shown where the tool's own structure, a file's magic, text, or an
 * alphabet used as evenly as random octets use it excludes chance.
 *
 * @example
 * payloadEvidence(names, 13, { qtypes, lookup: false })
 * // { decoded: { encoding: 'hex', preview: '\\x89PNG...', magic: 'PNG', ... }, style: { guess: 'generic-hex', ... } }
 */
export function payloadEvidence(
  names: readonly Uint8Array[],
  domainOctets: number,
  facts: EvidenceFacts,
): PayloadEvidence {
  const read = readSampleNames(names, domainOctets)
  if (read.length === 0) return { decoded: null, style: null }
  for (const tool of TOOLS) {
    const reading = facts.lookup ? null : tool(read, facts)
    if (reading) return fromTool(reading)
  }
  const reading = readGeneric(read)
  if (!reading || (facts.lookup && reading.ground === 'even')) return { decoded: null, style: null }
  return { decoded: describePayload(reading.payload), style: facts.lookup ? null : genericStyle(reading) }
}

function fromTool({ guess, confidence, payload }: ToolReading): PayloadEvidence {
  return { decoded: payload && describePayload(payload), style: { guess, confidence } }
}

/** A script of nobody's: known by what it carries, or by counting names that are noise. Noise alone may be look-ups. */
function genericStyle({ style, ground, counted }: Reading): PayloadEvidence['style'] {
  if (ground === 'even') return counted ? { guess: style, confidence: 0.6 } : null
  return { guess: style, confidence: ground === 'magic' ? 0.9 : 0.8 }
}
