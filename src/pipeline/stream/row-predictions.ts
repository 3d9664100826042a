import type { DnsBatch } from '../../batch/dns-batch.ts'
import type { CanonicalBatch } from '../../detect/canonical-batch.ts'
import type { DetectionModel } from '../../detect/detection-model.ts'
import type { DomainState } from '../../detect/domain-state.ts'
import type { Partition } from '../../detect/partition.ts'
import { judgeRow, type RowVerdict } from '../../detect/row-verdict.ts'
import { PredictionWriter } from '../../sinks/messages/prediction.ts'
import { sigmoid } from '../../stats/sigmoid.ts'
import type { Outbox } from './outbox.ts'

const NO_REASONS: readonly string[] = []

/** One prediction a row, in order of offset, as the rows of a batch are booked. */
export class RowPredictions {
  private readonly partition: number
  private readonly model: DetectionModel
  private readonly writer: PredictionWriter
  private readonly verdict: RowVerdict = { score: 0, malicious: false, state: undefined, reasons: [] }
  private readonly name = { start: 0, length: 0 }
  private readonly domain = { start: 0, length: 0 }
  private batch!: DnsBatch
  private next = 0

  constructor(topic: string, partition: number, model: DetectionModel) {
    this.partition = partition
    this.model = model
    this.writer = new PredictionWriter(topic, partition)
  }

  begin(batch: DnsBatch): void {
    this.batch = batch
    this.next = 0
  }

  /** Writes the prediction of a row that was just booked; gives its domain's state, if it has one. */
  add(rows: CanonicalBatch, row: number, part: Partition, outbox: Outbox): DomainState | undefined {
    this.fillTo(row, outbox)
    const { verdict } = this
    judgeRow(rows, row, part, this.model, verdict)
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
    const nothing = { score: sigmoid(this.model.fusion.base), malicious: false, reasons: NO_REASONS }
    for (; this.next < row; this.next++) this.push(this.next, 0, 0, nothing, outbox)
  }

  private push(row: number, domainOffset: number, domainLength: number, said: Said, outbox: Outbox): void {
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
