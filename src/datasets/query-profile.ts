import type { CanonicalBatch } from '../detect/canonical-batch.ts'
import { NameCoder, type PrefixLanguage } from '../detect/name-code.ts'
import { PrefixText } from '../dns/prefix-text.ts'
import { armFeatures, extractArm, type QueryArm } from '../features/query/index.ts'
import type { DataFeature } from './data-set.ts'

/**
 * The features of the query model for a row by itself: the whole prefix, where the detector leaves out labels that its
 * domain showed before. So a name under a domain seen before may read differently here than in a scan.
 */
export class QueryProfile {
  readonly features: readonly DataFeature[]
  readonly textNames: readonly string[] = []
  private readonly arm: QueryArm
  private readonly coder: NameCoder
  private readonly prefix = new PrefixText()

  constructor(arm: QueryArm, language: PrefixLanguage) {
    this.arm = arm
    this.features = armFeatures(arm)
    this.coder = new NameCoder(language)
  }

  extract({ batch, domainOffset }: CanonicalBatch, row: number, out: Float64Array): void {
    const { prefix } = this
    prefix.read(batch.arena, batch.nameStart[row], domainOffset[row])
    extractArm(this.arm, { prefix, languageBits: this.coder.languageBits(prefix), batch, row }, out)
  }

  text(): string {
    return ''
  }
}
