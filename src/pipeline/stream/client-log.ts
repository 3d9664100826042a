import type { Message } from '../../broker/broker.ts'
import { groupIncident, type Observation } from '../../detect/build-incident.ts'
import type { ClientGroup } from '../../detect/client-group.ts'
import { ClientStage } from '../../detect/client-stage.ts'
import { isNews, isStale, type Standing } from '../../detect/told.ts'
import { incidentMessage } from '../../sinks/messages/incident.ts'
import { decodeHandOver } from './hand-over-message.ts'
import { MinuteGate } from './minute-gate.ts'
import { Outbox } from './outbox.ts'
import type { Stage } from './stage.ts'
import type { StageSettings } from './stage-settings.ts'

/**
 * The topic by which partitions hand their minutes to the client stage: one partition, so one worker at a time reads it, and
 * what one client does across all domains is seen in one place. Like {@link DomainStage}, a function of its log.
 */
export class ClientLog implements Stage {
  position = 0
  private readonly observation: Observation
  private readonly stage: ClientStage
  private readonly gate: MinuteGate
  /** Domains that are alerts of their own, by hash. */
  private alerted = new Map<string, { lo: number; hi: number }>()

  constructor({ model, name, topic, parts }: StageSettings) {
    this.observation = { name, timed: true, model, sourceOf: () => topic }
    this.stage = new ClientStage(model)
    this.gate = new MinuteGate(parts)
  }

  take(messages: readonly Message[]): Outbox {
    const outbox = new Outbox()
    for (const { offset, value } of messages) {
      if (offset < this.position) continue
      this.position = offset + 1
      const handOver = decodeHandOver(value)
      // Only our own workers write here; what they did not write is not read.
      if (typeof handOver === 'string' || !this.gate.add(handOver)) continue
      for (const [lo, hi] of handOver.alerted) this.alerted.set(`${lo},${hi}`, { lo, hi })
      for (const facts of this.gate.open()) {
        this.stage.take(facts)
        this.tell(isNews, outbox)
      }
      if (this.gate.isIdle) this.tell(isStale, outbox)
    }
    return outbox
  }

  memory(): Record<string, unknown> {
    return { clients: this.stage.memory(), gate: this.gate.memory(), alerted: this.alerted }
  }

  resume(position: number, memory: Record<string, unknown>): void {
    this.position = position
    this.stage.remember(memory.clients as ReturnType<ClientStage['memory']>)
    this.gate.resume(memory.gate as Record<string, unknown>)
    this.alerted = memory.alerted as typeof this.alerted
  }

  private tell(isWorthIt: typeof isNews, outbox: Outbox): void {
    for (const group of this.stage.alerts()) {
      const now = standingOf(group)
      if (!isWorthIt(group.told, now) || group.isToldBy([...this.alerted.values()])) continue
      const revision = (group.told?.revision ?? 0) + 1
      group.told = { ...now, revision }
      const incident = groupIncident(group, this.observation)
      outbox.results.push({ partition: 0, key: incident.registeredDomain, value: incidentMessage(incident, revision) })
    }
  }
}

function standingOf({ queries, octets, lastMs, peakAccount, peakAnswers, peakNames }: ClientGroup): Standing {
  const fired = [peakAccount, peakAnswers, peakNames].filter((peak) => peak > 1).length
  return { queries, octets, fired, lookup: false, timeMs: lastMs }
}
