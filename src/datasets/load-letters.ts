import { type CanonicalBatch, NAME_CLASS } from '../detect/canonical-batch.ts'
import type { Thresholds } from '../detect/detection-model.ts'
import { presentName } from '../detect/present.ts'
import { foldedCopy } from '../dns/folded-copy.ts'
import { exchangeLetter } from '../features/flow/exchange-letter.ts'
import { DataSetBuilder } from './data-set-builder.ts'
import { isTestDomain } from './fold.ts'
import type { ManifestRow } from './manifest.ts'
import { observeRow } from './observe-row.ts'
import { toolOf } from './tools.ts'
import { untrainedModel } from './untrained-model.ts'

/** Letters of a string, and strings of one client and domain in a file: a long talk is several. */
const STRING_LETTERS = 64
const STRINGS_A_PAIR = 5
/** Fewer letters have no order to speak of. */
const LETTERS_MIN = 4
/** Pairs of a file that are followed at once. */
const PAIRS_MAX = 65_536

/** A collector of strings of letters. */
export function lettersBuilder(): DataSetBuilder {
  const columns = Array.from({ length: STRING_LETTERS }, (_, i) => `l${String(i).padStart(2, '0')}`)
  return new DataSetBuilder(
    'letters',
    columns.map((name) => ({ name, unit: 'letter' })),
  )
}

interface Pair {
  readonly domain: string
  readonly isTest: boolean
  readonly firstMs: number
  lastMs: number
  strings: number
  letters: number[]
}

/** Adds the strings of letters of each client and registered domain of a capture or log. */
export async function loadLetters(of: ManifestRow, builder: DataSetBuilder, thresholds: Thresholds): Promise<void> {
  const pairs = new Map<string, Pair>()
  const tell = (pair: Pair) => {
    if (pair.letters.length >= LETTERS_MIN && pair.strings++ < STRINGS_A_PAIR) add(of, pair, builder)
    pair.letters = []
  }
  await observeRow(of, untrainedModel(thresholds), {
    onRows(rows) {
      const { batch } = rows
      for (let row = 0; row < batch.rows; row++) {
        if (rows.nameClass[row] === NAME_CLASS.none) continue
        const pair = pairOf(pairs, rows, row)
        if (pair === undefined) continue
        pair.letters.push(exchangeLetter(batch, row, batch.timeMs[row] - pair.lastMs))
        pair.lastMs = batch.timeMs[row]
        if (pair.letters.length === STRING_LETTERS) tell(pair)
      }
    },
  })
  for (const pair of pairs.values()) tell(pair)
}

function pairOf(pairs: Map<string, Pair>, rows: CanonicalBatch, row: number): Pair | undefined {
  const { batch, domainLo, domainHi, domainOffset, domainLength } = rows
  const client = [0, 1, 2, 3].map((word) => batch.clientWords[row * 4 + word]).join('.')
  const key = `${client},${domainLo[row]},${domainHi[row]}`
  const known = pairs.get(key)
  if (known || pairs.size >= PAIRS_MAX) return known
  const domain = presentName(foldedCopy(batch.arena, batch.nameStart[row] + domainOffset[row], domainLength[row]))
  const isTest = isTestDomain(domainLo[row], domainHi[row])
  const pair = { domain, isTest, firstMs: batch.timeMs[row], lastMs: Number.NaN, strings: 0, letters: [] }
  pairs.set(key, pair)
  return pair
}

function add(of: ManifestRow, { domain, isTest, firstMs, letters }: Pair, builder: DataSetBuilder): void {
  const attack = of.domains.includes(domain)
  if (of.label !== 'benign' && !attack) return
  const { facts, row } = builder
  facts.attack = attack
  facts.tool = attack ? toolOf(of.family) : 'benign'
  facts.network = of.network
  facts.split = of.split === 'train' && !attack && isTest ? 'test' : of.split
  facts.group = attack && of.group !== '' ? of.group : of.split === 'train' || of.group === '' ? domain : of.group
  facts.timeMs = firstMs
  for (let i = 0; i < row.length; i++) row[i] = letters[i] ?? Number.NaN
  builder.add()
}
