import { eachExchange } from '../datasets/each-exchange.ts'
import type { ManifestRow } from '../datasets/manifest.ts'
import { toolOf } from '../datasets/tools.ts'
import type { Thresholds } from '../detect/detection-model.ts'
import { hashed, hashOctets } from '../stats/hash.ts'
import type { LanguageModels } from './collect-names.ts'

/** One novel exchange as the query model is trained on it. */
export interface TrainingExchange {
  readonly names: Float64Array
  readonly answers: Float64Array
  /** Whether a response was seen; others train the names arm alone. */
  readonly answered: boolean
  readonly attack: boolean
  /** No group stands on both sides of a split: the capture of a tunnel, the registered domain of a benign name. */
  readonly group: number
  readonly tool: string
  readonly network: string
  readonly list: boolean
}

/** Collects novel exchanges of the training rows, those of test domains left out. Tunnels never enter the language model. */
export async function collectExchanges(
  rows: readonly ManifestRow[],
  language: LanguageModels,
  thresholds: Thresholds,
): Promise<TrainingExchange[]> {
  const exchanges: TrainingExchange[] = []
  await eachExchange(rows, language, thresholds, ({ of, attack, rows: canonical, row, names, answers, test }) => {
    if (test) return
    exchanges.push({
      names: names.slice(),
      answers: answers.slice(),
      answered: canonical.batch.rcode[row] >= 0,
      attack,
      // A tunnel is what the manifest calls one; where it calls it nothing, its domain.
      group: attack && of.group !== '' ? tunnelGroup(of) : canonical.domainLo[row],
      tool: attack ? toolOf(of.family) : 'benign',
      network: of.network,
      list: of.format === 'list',
    })
  })
  return exchanges
}

function tunnelGroup({ group }: ManifestRow): number {
  hashOctets(Buffer.from(group), 0, group.length, 1, false)
  return hashed.lo
}
