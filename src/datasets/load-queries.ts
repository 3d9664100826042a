import type { Thresholds } from '../detect/detection-model.ts'
import { presentName } from '../detect/present.ts'
import { foldedCopy } from '../dns/folded-copy.ts'
import { armFeatures } from '../features/query/index.ts'
import { DataSetBuilder } from './data-set-builder.ts'
import { type Exchange, eachExchange, type Languages } from './each-exchange.ts'
import { ManifestError, type ManifestRow } from './manifest.ts'
import { toolOf } from './tools.ts'

/** A collector of novel exchanges: columns of the answers arm, of which those of the names arm come first. */
export function queriesBuilder(): DataSetBuilder {
  return new DataSetBuilder('queries', armFeatures('answers'))
}

/**
 * Adds the novel exchanges of a capture, log or list: at most 80 of a tunnel and 60 of a benign domain. All zones of a
 * tunnel are one group, named by the manifest; a benign group is the registered domain in files that train, and the
 * manifest's elsewhere.
 */
export async function loadQueries(
  of: ManifestRow,
  builder: DataSetBuilder,
  languages: Languages,
  thresholds: Thresholds,
): Promise<void> {
  if (of.label !== 'benign' && of.domains.length === 0) {
    throw new ManifestError(
      `${of.path} is "${of.label}" but its manifest row names no domains: say which are the tunnel's.`,
    )
  }
  await eachExchange([of], languages, thresholds, (exchange) => {
    builder.row.set(exchange.answers)
    describe(exchange, builder)
    builder.add()
  })
}

function describe({ of, attack, rows, row, test }: Exchange, { facts }: DataSetBuilder): void {
  const { batch } = rows
  facts.attack = attack
  facts.tool = attack ? toolOf(of.family) : 'benign'
  facts.network = of.network
  facts.split = of.split === 'train' && test ? 'test' : of.split
  facts.group = attack || of.split !== 'train' ? of.group : domainOf(rows, row)
  facts.timeMs = batch.timeMs[row]
  facts.capitals = capitalsOf(batch.arena, batch.nameStart[row], batch.nameLength[row])
}

function domainOf({ batch, domainOffset, domainLength }: Exchange['rows'], row: number): string {
  return presentName(foldedCopy(batch.arena, batch.nameStart[row] + domainOffset[row], domainLength[row]))
}

function capitalsOf(bytes: Uint8Array, start: number, length: number): number {
  let capitals = 0
  for (let i = start; i < start + length; i++) if (bytes[i] >= 0x41 && bytes[i] <= 0x5a) capitals++
  return capitals
}
