import type { Command } from 'commander'
import { formatType } from '../dns/types.ts'
import { csvCell } from '../sinks/csv.ts'
import { addReadOptions, nonEmpty, type ReadOptions } from './options.ts'
import { writePacketTable } from './packet-table.ts'
import { demandOwnTruth, readTruth } from './packet-truth.ts'

const EXAMPLES = `
Examples:
  wakeful label out/traffic.pcap --truth out/truth.ndjson -o labels.csv

Exit: 0 done; 64 wrong usage; 65 nothing could be read; 74 a file could not be read or written; 78 the truth is none, or that of
another capture.`

/** `wakeful label`: which packets of a capture are part of a transfer. */
export function addLabel(command: Command): void {
  addReadOptions(command)
    .description(
      'Writes a line a DNS message of captures, in the order of their packets, with the label that the truth gives it: by client, port, id, name and type, so that captures may be reordered and have other traffic in them.',
    )
    .requiredOption('--truth <file>', 'truth.ndjson of the captures, as wakeful lab writes it', nonEmpty)
    .option('-o, --out <file>', 'write a file instead of standard output', nonEmpty)
    .addHelpText('after', EXAMPLES)
    .action(async (inputs: string[], options: ReadOptions & { truth: string; out?: string }) => {
      const truth = readTruth(options.truth)
      await writePacketTable(inputs, options, {
        header: ['packet', 'time', 'client', 'direction', 'qname', 'qtype', 'label', 'transfer', 'style', 'decoy'],
        cells(row) {
          const found = truth.find(row)
          const { packet, timeMs, isResponse, source, destination, qname, qtype } = row
          const label = found
            ? ['1', csvCell(found.transfer), csvCell(found.style), found.decoy ? '1' : '0']
            : ['0', '', '', '']
          const time = Number.isNaN(timeMs) ? '' : new Date(timeMs).toISOString()
          const way = isResponse ? [destination, 'response'] : [source, 'query']
          return [String(packet), time, ...way, csvCell(qname), formatType(qtype), ...label]
        },
        check: () => demandOwnTruth(truth),
      })
    })
}
