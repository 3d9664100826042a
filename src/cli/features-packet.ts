import { gramProfile, type LogBase, type PacketProfile, sequenceProfile } from '../features/packet/packet-profile.ts'
import { csvCell } from '../sinks/csv.ts'
import type { ReadOptions } from './options.ts'
import { writePacketTable } from './packet-table.ts'
import { demandOwnTruth, readTruth } from './packet-truth.ts'

/** What `wakeful features --unit packet` understands. */
export interface PacketFeatureOptions extends ReadOptions {
  readonly out?: string
  readonly ngram: number
  readonly log: LogBase
  readonly sequence?: number
  readonly packets: 'queries' | 'all'
  readonly truth?: string
}

/** What models of octets are given of each DNS message: counts of runs of octets, or the octets one after the other. */
export async function writePacketFeatures(inputs: readonly string[], options: PacketFeatureOptions): Promise<void> {
  const profile = profileOf(options)
  const truth = options.truth === undefined ? undefined : readTruth(options.truth)
  const values = new Float64Array(profile.columns.length)
  await writePacketTable(inputs, options, {
    // The domain is what rows are split by: it stands outside the features, which do not hold it.
    header: ['packet', 'domain', ...profile.columns, ...(truth ? ['label', 'transfer'] : [])],
    cells(row) {
      if (row.isResponse && options.packets === 'queries') return undefined
      const { packet, domain, masked } = row
      // Features are taken before anybody asks for the label.
      profile.extract(masked.octets, masked.length, values, 0)
      const cells = [String(packet), csvCell(domain), ...Array.from(values, cellOf)]
      if (!truth) return cells
      const found = truth.find(row)
      return [...cells, found ? '1' : '0', found ? csvCell(found.transfer) : '']
    },
    ...(truth ? { check: () => demandOwnTruth(truth) } : {}),
  })
}

function profileOf({ sequence, ngram, log }: PacketFeatureOptions): PacketProfile {
  return sequence === undefined ? gramProfile(ngram, log) : sequenceProfile(sequence)
}

/** Seven digits say all that a count's logarithm holds. */
function cellOf(value: number): string {
  return Number.isNaN(value) ? '' : String(Number(value.toPrecision(7)))
}
