import { PACKET_PROFILES, type PacketKind } from '../features/packet/packet-kinds.ts'
import { findInputs } from '../sources/inputs/find-inputs.ts'
import { hashed, hashOctets } from '../stats/hash.ts'
import { DataSetBuilder } from './data-set-builder.ts'
import { domainHash } from './domain-hash.ts'
import { isTestDomain } from './fold.ts'
import { ManifestError, type ManifestRow } from './manifest.ts'
import { eachPacket, type PacketRow } from './packets/each-packet.ts'
import { toolOf } from './tools.ts'

/** Packets of a tunnel, and of one benign domain in a file, that are taken: what comes after says the same again. */
const PACKETS_A_TUNNEL = 400
const PACKETS_A_DOMAIN = 30
/** A collector of packets. */
export function packetsBuilder(kind: PacketKind): DataSetBuilder {
  const unit = kind === 'packets' ? '1+ln(count)' : 'octet'
  return new DataSetBuilder(
    kind,
    PACKET_PROFILES[kind].columns.map((name) => ({ name, unit })),
  )
}

/**
 * Adds the queries of a capture, each name of a domain once. As in {@link loadQueries}, only a file's tunnels are labelled where it has
 * any. A group is what the manifest calls one; where it calls it nothing, the registered domain.
 */
export async function loadPackets(of: ManifestRow, builder: DataSetBuilder, kind: PacketKind): Promise<void> {
  if (of.label !== 'benign' && of.domains.length === 0) {
    throw new ManifestError(
      `${of.path} is "${of.label}" but its manifest row names no domains: say which are the tunnel's.`,
    )
  }
  const { inputs, failures } = await findInputs([of.path])
  if (inputs.length === 0)
    throw new ManifestError(`${of.path} cannot be read: ${failures[0]?.sentence ?? 'it is empty'}`)
  const profile = PACKET_PROFILES[kind]
  const attackDomains = new Set(of.domains.map(domainHash))
  const isAttackFile = of.label !== 'benign'
  const seen = new Set<string>()
  const taken = new Map<string, number>()
  const take = (row: PacketRow) => {
    if (row.isResponse || seen.has(`${row.qname}|${row.qtype}`)) return
    const key = keyOf(row)
    const attack = attackDomains.has(key)
    if (isAttackFile && !attack) return
    const [unit, most] = attack ? [attackUnit(of, row), PACKETS_A_TUNNEL] : [row.domain, PACKETS_A_DOMAIN]
    const count = taken.get(unit) ?? 0
    if (count >= most) return
    taken.set(unit, count + 1)
    seen.add(`${row.qname}|${row.qtype}`)
    profile.extract(row.masked.octets, row.masked.length, builder.row, 0)
    describe(of, row, attack, builder)
    builder.add()
  }
  await eachPacket(inputs[0].file, [], take, new AbortController().signal)
}

function describe(of: ManifestRow, row: PacketRow, attack: boolean, { facts }: DataSetBuilder): void {
  const test = !attack && isTestDomain(hashed.lo, hashed.hi)
  facts.attack = attack
  facts.tool = attack ? toolOf(of.family) : 'benign'
  facts.network = of.network
  facts.split = of.split === 'train' && test ? 'test' : of.split
  facts.group = attack ? attackUnit(of, row) : of.split !== 'train' && of.group !== '' ? of.group : row.domain
  facts.timeMs = row.timeMs
}

function attackUnit(of: ManifestRow, row: PacketRow): string {
  return of.group === '' ? row.domain : of.group
}

/** The key of the row's registered domain, as {@link domainHash} gives it; leaves its hash in `hashed`. */
function keyOf({ masked }: PacketRow): string {
  const from = Math.max(0, masked.domainStart)
  hashOctets(masked.name, from, masked.nameLength - from, 0, true)
  return `${hashed.lo},${hashed.hi}`
}
