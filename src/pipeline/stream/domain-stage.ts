import { DnsBatch } from '../../batch/dns-batch.ts'
import type { Message } from '../../broker/broker.ts'
import { domainIncident, type Observation } from '../../detect/build-incident.ts'
import type { ClientFact } from '../../detect/client-facts.ts'
import { firedDetectors } from '../../detect/decide-domain.ts'
import { Detector } from '../../detect/detector.ts'
import type { DomainState } from '../../detect/domain-state.ts'
import { isNews, isStale, type Standing } from '../../detect/told.ts'
import type { PublicSuffixes } from '../../dns/public-suffix.ts'
import { deadLetterMessage } from '../../sinks/messages/dead-letter.ts'
import { incidentMessage } from '../../sinks/messages/incident.ts'
import { decodeMessage } from '../../sources/messages/index.ts'
import { EventClock } from './event-clock.ts'
import { encodeHandOver } from './hand-over-message.ts'
import { LearnedSay } from './learned-say.ts'
import { Outbox } from './outbox.ts'
import { RowPredictions } from './row-predictions.ts'
import type { Stage } from './stage.ts'
import type { StageSettings } from './stage-settings.ts'

/**
 * One partition of the input topic: messages in order of offset in, predictions and incidents out. What it says is a
 * function of the log up to {@link position} and of nothing else: neither of who runs it, nor of how messages were cut into
 * batches, nor of the clock on the wall. That is what makes a repeat harmless (DESIGN.md 8).
 */
export class DomainStage implements Stage {
  /** Offset of the first message not taken. */
  position = 0
  readonly clock: EventClock = new EventClock()
  private readonly settings: StageSettings
  private readonly partition: number
  private readonly observation: Observation
  private readonly detector: Detector
  private readonly batch = new DnsBatch()
  private readonly learned: LearnedSay
  private readonly predictions: RowPredictions
  private outbox = new Outbox()
  /** Domains that became alerts since the client stage was last told. */
  private alerted: [number, number][] = []
  /** Of rows passed on from another topic, the last offset of each partition there. */
  private origins = new Map<number, number>()

  constructor(partition: number, settings: StageSettings, suffixes: PublicSuffixes) {
    const { model, name, topic, parts } = settings
    this.settings = settings
    this.partition = partition
    this.observation = { name, timed: true, model, sourceOf: () => topic }
    this.learned = new LearnedSay(settings)
    this.predictions = new RowPredictions(partition, settings, this.learned)
    this.detector = new Detector(model, suffixes, {
      ...{ timed: true, partitions: 1, parts },
      onMinute: (facts, startMs) => this.handOver(startMs, false, facts),
      onBooked: (rows, row, part) => {
        const state = this.predictions.add(rows, row, part, this.outbox)
        if (state !== undefined && (state.alert ?? state.lookup) !== undefined) this.tell(state, isNews)
      },
    })
  }

  /** Takes messages in order of offset; those before {@link position} were taken already. */
  take(messages: readonly Message[]): Outbox {
    for (const message of messages) {
      if (message.offset < this.position) continue
      this.takeOne(message)
      this.position = message.offset + 1
    }
    this.flush()
    const { outbox } = this
    this.outbox = new Outbox()
    return outbox
  }

  /** What tells the client stage not to wait for this partition, which has had nothing to say for a while. */
  idleNotice(): Outbox {
    const outbox = new Outbox()
    const passedMs = Math.max(0, this.detector.minuteStartMs)
    const { partition } = this
    const value = encodeHandOver({ partition, passedMs, idle: true, facts: [], alerted: [] })
    outbox.facts.push({ partition: 0, key: null, value })
    return outbox
  }

  /** All that {@link resume} needs to go on as if there had been no break. */
  memory(): Record<string, unknown> {
    const { nowMs, late, ahead } = this.clock
    return {
      detector: this.detector.memoryNow(),
      clock: { nowMs, late, ahead },
      alerted: this.alerted,
      origins: this.origins,
      learned: this.learned.memory(),
    }
  }

  resume(position: number, memory: Record<string, unknown>): void {
    this.position = position
    this.detector.resume(memory.detector as Record<string, unknown>)
    Object.assign(this.clock, memory.clock)
    this.alerted = memory.alerted as [number, number][]
    this.origins = memory.origins as Map<number, number>
    // Checkpoints of the first program know of no versions.
    if (memory.learned !== undefined) this.learned.resume(memory.learned as Record<string, unknown>)
  }

  private takeOne({ offset, value, writtenMs }: Message): void {
    const { batch, clock } = this
    const read = decodeMessage(value, batch)
    if (read.kind === 'row') {
      const row = batch.rows - 1
      if (batch.input[row] !== 0 && this.isRepeat(batch.input[row], batch.position[row])) {
        batch.rows--
        return
      }
      clock.place(batch, row, writtenMs)
      batch.position[row] = offset
      if (batch.full) this.flush()
      return
    }
    // Whatever is no row is said in its turn, so that what is written does not depend on how messages were cut up.
    this.flush()
    if (read.kind === 'refused') this.refuse(offset, value, read.reason)
    else if (read.kind === 'version') this.learned.name(read.version, read.fromMs)
    else if (read.kind === 'marker') this.mark(read.timeMs, read.end, writtenMs)
    else if (read.kind === 'legacy') this.scoreLegacy(offset, value, read.text)
  }

  /** Whether a row that was passed on from another topic came before: whoever passes rows on may do so twice. */
  private isRepeat(origin: number, position: number): boolean {
    if (position <= (this.origins.get(origin) ?? -1)) return true
    this.origins.set(origin, position)
    this.batch.input[this.batch.rows - 1] = 0
    return false
  }

  private refuse(offset: number, value: Uint8Array | null, reason: string): void {
    const id = `${this.settings.topic}/${this.partition}/${offset}`
    this.outbox.deadLetters.push({ partition: 0, key: null, value: deadLetterMessage(id, reason, value) })
  }

  /** Rows of the originals' features have no name and no client: they are scored by a model of their own, or not at all. */
  private scoreLegacy(offset: number, value: Uint8Array | null, text: string): void {
    const said = this.settings.legacy?.score(text) ?? 'legacy-without-model'
    if (typeof said === 'string') this.refuse(offset, value, said)
    else this.predictions.addNameless(offset, said, this.outbox)
  }

  private handOver(passedMs: number, idle: boolean, facts: readonly ClientFact[]): void {
    const { partition, alerted } = this
    this.alerted = []
    this.outbox.facts.push({
      partition: 0,
      key: null,
      value: encodeHandOver({ partition, passedMs, idle, facts, alerted }),
    })
  }

  private flush(): void {
    const { batch } = this
    if (batch.rows === 0) return
    this.outbox.rows += batch.rows
    this.predictions.begin(batch)
    this.detector.process(batch)
    this.predictions.end(this.outbox)
    for (const { tiers } of this.detector.partitions) {
      for (const state of tiers.closed.splice(0)) this.tell(state, isStale)
    }
    batch.clear()
  }

  /** A marker moves the time on where no rows come; the last one of a stream also tells all that is left to tell. */
  private mark(timeMs: number, end: boolean, writtenMs: number): void {
    this.clock.advance(timeMs, writtenMs)
    this.detector.advance(this.clock.nowMs)
    if (!end) return
    this.detector.closeOpenMinute()
    this.handOver(this.detector.minuteStartMs, true, [])
    for (const { rich } of this.detector.partitions) {
      for (const state of rich.values()) if ((state.alert ?? state.lookup) !== undefined) this.tell(state, isStale)
    }
  }

  private tell(state: DomainState, isWorthIt: typeof isNews): void {
    const fired = state.alert === undefined ? 0 : firedDetectors(state.peaks).length
    const now: Standing = {
      ...{ queries: state.queries, octets: state.octets, fired },
      ...{ lookup: state.alert === undefined, timeMs: state.lastMs },
    }
    if (!isWorthIt(state.told, now)) return
    if (state.alert !== undefined && (state.told?.lookup ?? true)) this.alerted.push([state.lo, state.hi])
    const revision = (state.told?.revision ?? 0) + 1
    state.told = { ...now, revision }
    const incident = domainIncident(state, this.observation)
    const value = incidentMessage(incident, revision)
    this.outbox.results.push({ partition: this.partition, key: incident.registeredDomain, value })
  }
}
