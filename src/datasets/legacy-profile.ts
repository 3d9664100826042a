import type { CanonicalBatch } from '../detect/canonical-batch.ts'
import { LEGACY_NUMBERS, LEGACY_TEXTS } from '../features/legacy/columns.ts'
import { LegacyName } from '../features/legacy/legacy-name.ts'
import { extractLegacy, LEGACY_WIDTH } from '../features/legacy/legacy-numbers.ts'
import { longestWord } from '../features/legacy/longest-word.ts'
import type { DataFeature } from './data-set.ts'

/** The features of the originals for a row, and the entropy as it should have been behind them. */
export class LegacyProfile {
  readonly features: readonly DataFeature[] = [...LEGACY_NUMBERS, { name: 'entropyBits', unit: 'bits/octet' }]
  readonly textNames: readonly string[] = LEGACY_TEXTS.map(({ name }) => name)
  private readonly cut = new LegacyName()

  extract({ batch }: CanonicalBatch, row: number, out: Float64Array): void {
    const { arena } = batch
    const start = batch.nameStart[row]
    const length = batch.nameLength[row]
    this.cut.read(arena, start, length)
    out[LEGACY_WIDTH] = extractLegacy(arena, start, length, this.cut, out, 0)
  }

  text(index: number): string {
    const { bytes, subdomainLength, domainLength } = this.cut
    const end = subdomainLength + domainLength
    if (index === 0) return longestWord(bytes, subdomainLength, end)
    return String.fromCharCode(...bytes.subarray(subdomainLength, end))
  }
}
