import { gramProfile, type PacketProfile, sequenceProfile } from './packet-profile.ts'

/** Octets of a sequence: longer names are hardly asked, and say the same before it. */
const SEQUENCE_OCTETS = 64

/** What packets are described by: counts of octets, or the octets one after the other. */
export const PACKET_KINDS = ['packets', 'sequences'] as const
export type PacketKind = (typeof PACKET_KINDS)[number]

/** How each kind is read. */
export const PACKET_PROFILES: Readonly<Record<PacketKind, PacketProfile>> = {
  packets: gramProfile(1, 'e'),
  sequences: sequenceProfile(SEQUENCE_OCTETS),
}
