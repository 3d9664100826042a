import { formatAddress } from '../../batch/address.ts'
import { FLAG_QR } from '../../dns/message.ts'
import { formatName } from '../../dns/name.ts'
import { loadPublicSuffixes } from '../../dns/public-suffix.ts'
import { MaskedOctets } from '../../features/packet/masked-octets.ts'
import { eachMessage } from '../../sources/capture/each-message.ts'
import type { InputFile } from '../../sources/input-file.ts'
import type { InputCounts } from '../../sources/source.ts'

/** A DNS message of a capture as a row of a table of packets; valid during the call, its octets too. */
export interface PacketRow {
  /** Number of the packet in its file, from 1. */
  readonly packet: number
  readonly timeMs: number
  readonly source: string
  readonly sourcePort: number
  readonly destination: string
  readonly destinationPort: number
  readonly id: number
  readonly flags: number
  readonly isResponse: boolean
  readonly qname: string
  readonly qtype: number
  /** Registered domain, folded; the whole name where it has none. */
  readonly domain: string
  readonly masked: MaskedOctets
}

/** Calls `visit` for every DNS message that asks something, in the order of the capture's packets. */
export async function eachPacket(
  file: InputFile,
  ports: readonly number[],
  visit: (row: PacketRow) => void,
  signal: AbortSignal,
): Promise<InputCounts> {
  const masked = new MaskedOctets(loadPublicSuffixes())
  return await eachMessage(
    file,
    ports,
    ({ packet, flow, bytes, start, end }) => {
      if (!masked.read(bytes, start, end)) return
      const { name, nameLength, domainStart, qtype } = masked
      const flags = (bytes[start + 2] << 8) | bytes[start + 3]
      const from = Math.max(0, domainStart)
      visit({
        ...{ packet, timeMs: flow.timeMs, id: (bytes[start] << 8) | bytes[start + 1], flags },
        ...{ source: formatAddress(flow.source, 0), sourcePort: flow.sourcePort },
        ...{ destination: formatAddress(flow.destination, 0), destinationPort: flow.destinationPort },
        ...{ isResponse: (flags & FLAG_QR) !== 0, qname: formatName(name, 0, nameLength), qtype },
        ...{ domain: formatName(name, from, nameLength - from).toLowerCase(), masked },
      })
    },
    signal,
  )
}
