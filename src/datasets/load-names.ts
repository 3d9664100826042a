import type { DnsBatch } from '../batch/dns-batch.ts'
import { Canonicaliser } from '../detect/canonical.ts'
import { CanonicalBatch, NAME_CLASS } from '../detect/canonical-batch.ts'
import { presentName } from '../detect/present.ts'
import { foldedCopy } from '../dns/folded-copy.ts'
import { loadPublicSuffixes } from '../dns/public-suffix.ts'
import { RESPONSE_WAIT_MS } from '../pipeline/scan.ts'
import { openSources } from '../sources/index.ts'
import { findInputs } from '../sources/inputs/find-inputs.ts'
import type { DataSetBuilder } from './data-set-builder.ts'
import { isTestDomain } from './fold.ts'
import { ManifestError, type ManifestRow } from './manifest.ts'
import { NO_LABEL, type RowLabels, readRowLabels } from './row-labels.ts'
import type { RowProfile } from './row-profile.ts'
import { toolOf } from './tools.ts'

/**
 * Adds every row of a table of names, labelled by its label column, or by the manifest's domains where it has none.
 *
 * Names are folded to lower case before anything is taken of them: in the public table the benign ones were folded and
 * the tunnels' were not, so a count of capitals alone tells them apart (it is kept aside to show just that).
 */
export async function loadNames(of: ManifestRow, builder: DataSetBuilder, profile: RowProfile): Promise<void> {
  const found = await findInputs([of.path], { type: 'csv' })
  const opened = await openSources(found, { ports: [], responseWaitMs: RESPONSE_WAIT_MS })
  const source = [...opened.timed, ...opened.untimed][0]
  if (!source) {
    const failure = opened.counts.find((counts) => counts.failure)?.failure ?? 'it holds no names'
    throw new ManifestError(`${of.path} cannot be read as a table of names: ${failure}`)
  }
  const rowLabels = await readRowLabels(found.inputs[0].file, undefined)
  if (!rowLabels && of.label === 'mixed' && of.domains.length === 0) {
    throw new ManifestError(
      `${of.path} holds both classes, but has no label column and its manifest row names no domains: say which names are attack.`,
    )
  }
  const names = new NameRows(of, builder, profile, rowLabels)
  for await (const batch of source.read(new AbortController().signal)) names.add(batch)
  for (const [reason, count] of Object.entries(opened.counts[0].malformed)) builder.leaveOut(reason, count)
}

class NameRows {
  private readonly of: ManifestRow
  private readonly builder: DataSetBuilder
  private readonly profile: RowProfile
  private readonly rowLabels: RowLabels | undefined
  private readonly canonicaliser = new Canonicaliser(loadPublicSuffixes(), 0)
  private readonly rows = new CanonicalBatch()

  constructor(of: ManifestRow, builder: DataSetBuilder, profile: RowProfile, rowLabels: RowLabels | undefined) {
    this.of = of
    this.builder = builder
    this.profile = profile
    this.rowLabels = rowLabels
  }

  add(batch: DnsBatch): void {
    const { builder, profile, rows } = this
    this.canonicaliser.canonicalise(batch, rows)
    for (let row = 0; row < batch.rows; row++) {
      builder.facts.capitals = foldName(batch, row)
      if (!this.label(row)) {
        builder.leaveOut('label-unknown')
        continue
      }
      profile.extract(rows, row, builder.row)
      for (let i = 0; i < profile.textNames.length; i++) builder.texts[i] = profile.text(i)
      builder.add()
    }
  }

  /** Says what the row is, and whether that is known. */
  private label(row: number): boolean {
    const { of, rows, rowLabels } = this
    const { facts } = this.builder
    const { batch } = rows
    const domain = this.domainOf(row)
    const label = rowLabels?.labels[batch.position[row]] ?? this.labelOf(domain)
    if (label === NO_LABEL) return false
    facts.attack = label === 1
    facts.timeMs = batch.timeMs[row]
    facts.network = of.network
    facts.noise = this.isNoise(row, domain)
    const tool = rowLabels?.tools.values[rowLabels.tools.codes[batch.position[row]]] ?? ''
    facts.tool = facts.attack ? toolOf(tool || of.family) : 'benign'
    // The same domain may be asked in a file that trains and in one that measures: these are groups of their own.
    // A table that no manifest speaks for says itself what belongs together: a tool, else a registered domain.
    const tunnel = of.group === '' && tool === '' ? domain : facts.tool
    const own = of.group !== '' && (facts.attack || of.split !== 'train') ? `${of.group} ` : ''
    facts.group = own + (facts.attack ? tunnel : domain)
    const test = !facts.attack && isTestDomain(rows.domainLo[row], rows.domainHi[row])
    facts.split = of.split === 'train' && test ? 'test' : of.split
    return true
  }

  private labelOf(domain: string): number {
    const { of } = this
    if (of.label !== 'mixed') return of.label === 'attack' ? 1 : 0
    return of.domains.includes(domain) ? 1 : 0
  }

  /** The registered domain; the whole name where it has none. */
  private domainOf(row: number): string {
    const { batch, domainOffset, domainLength } = this.rows
    const start = batch.nameStart[row]
    const known = domainLength[row] > 0
    const from = known ? domainOffset[row] : 0
    return presentName(foldedCopy(batch.arena, start + from, known ? domainLength[row] : batch.nameLength[row]))
  }

  private isNoise(row: number, domain: string): boolean {
    const nameClass = this.rows.nameClass[row]
    return nameClass === NAME_CLASS.reverse || nameClass === NAME_CLASS.single || domain.endsWith('.local')
  }
}

/** Folds a row's name in place and returns how many capitals it held. */
function foldName({ arena, nameStart, nameLength }: DnsBatch, row: number): number {
  let capitals = 0
  const end = nameStart[row] + nameLength[row]
  for (let i = nameStart[row]; i < end; i++) {
    if (arena[i] < 0x41 || arena[i] > 0x5a) continue
    arena[i] += 32
    capitals++
  }
  return capitals
}
