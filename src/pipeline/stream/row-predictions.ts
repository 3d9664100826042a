import type { DnsBatch } from '../../batch/dns-batch.ts'
import type { CanonicalBatch } from '../../detect/canonical-batch.ts'
import type { DomainState } from '../../detect/domain-state.ts'
import type { Partition } from '../../detect/partition.ts'
import { judgeRow, type RowVerdict } from '../../detect/row-verdict.ts'
import { PredictionWriter } from '../../sinks/messages/prediction.ts'
import { sigmoid } from '../../stats/sigmoid.ts'
import type { LearnedSay } from './learned-say.ts'
import type { Outbox } from './outbox.ts'
import type { StageSettings } from './stage-settings.ts'

const NO_REASONS: readonly string[] = []

/** One prediction a row, in order of offset, as the rows of a batch are booked. */
export class RowPredictions {
  private readonly partition: number
  private readonly settings: StageSettings
  private readonly learned: LearnedSay
  private readonly writer: PredictionWriter
  private readonly verdict: RowVerdict = { score: 0, malicious: false, state: undefined, reasons: [] }
  private readonly name = { start: 0, length: 0 }
  private readonly domain = { start: 0, length: 0 }
  private batch!: DnsBatch
  private next = 0

  constructor(partition: number, settings: StageSettings, learned: LearnedSay) {
    this.partition = partition
    this.settings = settings
    this.learned = learned
    this.writer = new PredictionWriter(settings.topic, partition)
  }

  begin(batch: DnsBatch): void {
    this.batch = batch
    this.next = 0
  }

  /** Writes the prediction of a row that was just booked; gives its domain's state, if it has one. */
  add(rows: CanonicalBatch, row: number, part: Partition, outbox: Outbox): DomainState | undefined {
    this.fillTo(row, outbox)
    const { verdict, settings } = this
    judgeRow(rows, row, part, settings.model, verdict)
    this.learned.judge(rows, row, part, verdict)
    if (settings.onJudged) {
      const [lo, hi] = [rows.domainLo[row], rows.domainHi[row] || 1]
      const features = part.scoredRow === row ? part.scoredFeatures : undefined
      settings.onJudged({ timeMs: rows.batch.timeMs[row], lo, hi, features, verdict })
    }
    this.push(row, rows.domainOffset[row], rows.domainLength[row], verdict, outbox)
    this.next = row + 1
    return verdict.state
  }

  /** Writes the prediction of a row of features. */
  addNameless(offset: number, said: Said, outbox: Outbox): void {
    outbox.results.push({ partition: this.partition, key: null, value: this.writer.writeNameless(offset, said) })
  }

  /** Writes those of the rows that were not booked: nobody could have chosen their names. */
  end(outbox: Outbox): void {
    this.fillTo(this.batch.rows, outbox)
  }

  private fillTo(row: number, outbox: Outbox): void {
    const nothing = { score: sigmoid(this.settings.model.fusion.base), malicious: false, reasons: NO_REASONS }
    for (; this.next < row; this.next++) this.push(this.next, 0, 0, nothing, outbox)
  }

  private push(row: number, domainOffset: number, domainLength: number, said: Said, outbox: Outbox): void {
    if (this.settings.predictions === false) return
    const { batch, name, domain } = this
    name.start = batch.nameStart[row]
    name.length = batch.nameLength[row]
    domain.start = name.start + domainOffset
    domain.length = domainLength
    const value = this.writer.write(batch.position[row], batch.arena, name, domain, said)
    outbox.results.push({ partition: this.partition, key: null, value })
  }
}

type Said = Pick<RowVerdict, 'score' | 'malicious'> & { readonly reasons: readonly string[] }
