import { existsSync } from 'node:fs'
import type { Thresholds } from '../detect/detection-model.ts'
import type { DataKind, DataSet } from './data-set.ts'
import { DataSetBuilder } from './data-set-builder.ts'
import type { Languages } from './each-exchange.ts'
import { flowsBuilder, loadFlows } from './load-flows.ts'
import { legacyBuilder, loadLegacy } from './load-legacy.ts'
import { lettersBuilder, loadLetters } from './load-letters.ts'
import { loadNames } from './load-names.ts'
import { loadPackets, packetsBuilder } from './load-packets.ts'
import { loadQueries, queriesBuilder } from './load-queries.ts'
import { ManifestError, type ManifestRow } from './manifest.ts'
import { createProfile, type ProfileName } from './row-profile.ts'

/** How labelled files become tables. */
export interface LoadOptions {
  /** How rows of name tables are described. */
  readonly profile: ProfileName
  /** Where packets are wanted: captures are exchanges otherwise. */
  readonly kind?: DataKind | undefined
  readonly languages: Languages
  readonly thresholds: Thresholds
  /** Called before each file. */
  onFile?(done: number, of: number, file: string): void
}

/** What the formats of a manifest become; files of other formats hold no rows for a table. */
const KIND_OF: Readonly<Record<string, DataKind>> = {
  'csv-legacy': 'legacy',
  'csv-names': 'names',
  ...{ pcap: 'queries', pcapng: 'queries', zeek: 'queries', json: 'queries', list: 'queries', csv: 'queries' },
}

/** Formats that rows of the other kinds are made of, where these are wanted. */
const FORMATS_OF: Partial<Record<DataKind, readonly string[]>> = {
  packets: ['pcap', 'pcapng'],
  sequences: ['pcap', 'pcapng'],
  flows: ['pcap', 'pcapng', 'zeek-conn'],
  letters: ['pcap', 'pcapng', 'zeek'],
}

/**
 * The kind of table that a manifest row belongs to; undefined where its format has none. Captures are exchanges unless packets are
 * `wanted`.
 */
export function kindOf(row: ManifestRow, wanted?: DataKind): DataKind | undefined {
  const formats = wanted === undefined ? undefined : FORMATS_OF[wanted]
  if (formats === undefined) return KIND_OF[row.format]
  return formats.includes(row.format) ? wanted : undefined
}

function isPacketKind(kind: DataKind | undefined): kind is 'packets' | 'sequences' {
  return kind === 'packets' || kind === 'sequences'
}

/**
 * Loads the files of manifests: one table a kind, in the order the kinds first come. Rows stand in the order of the
 * manifest and, inside a file, in the file's. Throws {@link ManifestError} with one sentence where a file is missing or
 * unreadable, where nobody says which rows are attack, or where a group would be trained on and measured.
 *
 * @example
 * const [queries] = await loadDataSets(readManifest('lab/MANIFEST.csv'), { profile: 'query', languages, thresholds })
 */
export async function loadDataSets(rows: readonly ManifestRow[], options: LoadOptions): Promise<DataSet[]> {
  const used = rows.filter((row) => kindOf(row, options.kind) !== undefined)
  demandGroups(used)
  const missing = used.find((row) => !existsSync(row.path))
  if (missing) {
    throw new ManifestError(`${missing.path}, which a manifest names, is not there: fetch it or take out its row.`)
  }
  const builders = new Map<DataKind, DataSetBuilder>()
  const profile = createProfile(options.profile, 'names', options.languages.all)
  const open: Readonly<Record<DataKind, () => DataSetBuilder>> = {
    legacy: legacyBuilder,
    names: () => new DataSetBuilder('names', profile.features, profile.textNames),
    queries: queriesBuilder,
    packets: () => packetsBuilder('packets'),
    sequences: () => packetsBuilder('sequences'),
    flows: flowsBuilder,
    letters: lettersBuilder,
  }
  for (const [done, row] of used.entries()) {
    options.onFile?.(done, used.length, row.file)
    const kind = kindOf(row, options.kind)!
    const builder = builders.get(kind) ?? open[kind]()
    builders.set(kind, builder)
    if (kind === 'legacy') await loadLegacy(row, builder)
    else if (isPacketKind(kind)) await loadPackets(row, builder, kind)
    else if (kind === 'flows') await loadFlows(row, builder, options.thresholds)
    else if (kind === 'letters') await loadLetters(row, builder, options.thresholds)
    else if (kind === 'names') await loadNames(row, builder, profile)
    else await loadQueries(row, builder, options.languages, options.thresholds)
  }
  return [...builders.values()].map((builder) => builder.build())
}

/** Refuses a group that some rows would train on and others measure. */
function demandGroups(rows: readonly ManifestRow[]): void {
  const first = new Map<string, ManifestRow>()
  for (const row of rows) {
    if (row.group === '') continue
    const other = first.get(row.group)
    if (!other) first.set(row.group, row)
    else if ((other.split === 'train') !== (row.split === 'train')) {
      throw new ManifestError(
        `The group "${row.group}" stands on both sides of a split, as ${other.file} (${other.split}) and ${row.file} (${row.split}): a group has one split.`,
      )
    }
  }
}
