import type { DnsBatch } from '../batch/dns-batch.ts'
import { Canonicaliser } from '../detect/canonical.ts'
import { CanonicalBatch } from '../detect/canonical-batch.ts'
import { loadPublicSuffixes } from '../dns/public-suffix.ts'
import { FILE_WATERMARK_MS, inOrder } from '../pipeline/in-order.ts'
import type { OpenedSources } from '../sources/index.ts'
import type { LabelRule } from './label-rule.ts'
import type { RowProfile } from './row-profile.ts'

/** How a table of features is written: cells without line ends. */
export interface TableLayout {
  readonly header: readonly string[]
  /** The cells of a row whose numbers are in `values`; the profile still holds its texts. */
  cells(rows: CanonicalBatch, row: number, values: Float64Array, profile: RowProfile): string[]
}

/**
 * The features of every row of the sources as CSV (RFC 4180, CRLF), a piece a batch: timed sources merged in order of
 * time, then each of the others by itself. With a rule, the label is the last column, empty where nobody says.
 */
export async function* featureTable(
  { timed, untimed }: OpenedSources,
  profile: RowProfile,
  layout: TableLayout,
  label: LabelRule | undefined,
  signal: AbortSignal,
): AsyncGenerator<string> {
  yield `${layout.header.join(',')}\r\n`
  const values = new Float64Array(profile.features.length)
  const observations: AsyncIterable<DnsBatch>[] = untimed.map((source) => source.read(signal))
  if (timed.length > 0) observations.unshift(inOrder(timed, FILE_WATERMARK_MS, signal))
  for (const batches of observations) {
    const canonicaliser = new Canonicaliser(loadPublicSuffixes(), 0)
    let rows = new CanonicalBatch()
    for await (const batch of batches) {
      if (batch.rows > rows.capacity) rows = new CanonicalBatch(batch.rows)
      canonicaliser.canonicalise(batch, rows)
      let text = ''
      for (let row = 0; row < batch.rows; row++) {
        profile.extract(rows, row, values)
        text += layout.cells(rows, row, values, profile).join(',')
        text += label ? `,${label(rows, row) ?? ''}\r\n` : '\r\n'
      }
      yield text
    }
  }
}
