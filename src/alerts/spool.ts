import type { Alert } from '../sinks/alerts/alert.ts'
import { alertKey } from '../sinks/alerts/alert.ts'
import { Journal } from '../store/journal.ts'

/** Alerts that wait; past them the oldest is given up, and counted. */
const WAITING_MAX = 10_000
/** Keys of alerts that were sent, by which a repeat is known. */
const SENT_MAX = 20_000

type Entry =
  | { readonly kind: 'add'; readonly alert: Alert }
  | { readonly kind: 'done'; readonly key: string; readonly outcome: Outcome }
/** What became of an alert: taken, refused by the other side for good, or given up since too many waited. */
export type Outcome = 'sent' | 'refused' | 'dropped'

interface Snapshot {
  readonly waiting: readonly Alert[]
  readonly known: readonly string[]
  readonly counts: Record<Outcome, number>
}

/** Alerts on their way to one target, on the disk: in order, each once, kept over restarts until the target has taken them. */
export class Spool {
  readonly counts: Record<Outcome, number> = { sent: 0, refused: 0, dropped: 0 }
  private readonly waiting = new Map<string, Alert>()
  private readonly known = new Set<string>()
  private readonly journal: Journal
  private readonly waitingMax: number

  constructor(
    folder: string,
    told: { onDoubt(sentence: string): void; onTrouble(sentence: string | undefined): void },
    waitingMax: number = WAITING_MAX,
  ) {
    this.waitingMax = waitingMax
    this.journal = new Journal(folder, {
      ...told,
      apply: (entry) => this.apply(entry as Entry),
      restore: (read) => this.restore(read as Snapshot),
      snapshot: () => ({ waiting: [...this.waiting.values()], known: [...this.known], counts: this.counts }),
    })
    this.journal.open()
  }

  get size(): number {
    return this.waiting.size
  }

  /** Whether an alert was added before. */
  knows(alert: Alert): boolean {
    return this.known.has(alertKey(alert))
  }

  /** Keeps an alert until it is done with; one that was added before is left out. */
  add(alert: Alert): boolean {
    if (this.knows(alert)) return false
    this.write({ kind: 'add', alert })
    while (this.waiting.size > this.waitingMax) this.done(this.first()!, 'dropped')
    return true
  }

  /** The alert to be sent next. */
  first(): Alert | undefined {
    return this.waiting.values().next().value
  }

  done(alert: Alert, outcome: Outcome): void {
    this.write({ kind: 'done', key: alertKey(alert), outcome })
  }

  /** Tries once more to write what could not be written. */
  retry(): void {
    this.journal.retry()
  }

  close(): void {
    this.journal.close()
  }

  private write(entry: Entry): void {
    this.apply(entry)
    this.journal.append(entry)
  }

  private apply(entry: Entry): void {
    if (entry.kind === 'add') {
      const key = alertKey(entry.alert)
      this.waiting.set(key, entry.alert)
      this.known.add(key)
      if (this.known.size > SENT_MAX) this.known.delete(this.known.values().next().value!)
    } else if (this.waiting.delete(entry.key)) this.counts[entry.outcome]++
  }

  private restore({ waiting, known, counts }: Snapshot): void {
    for (const alert of waiting) this.waiting.set(alertKey(alert), alert)
    for (const key of known) this.known.add(key)
    Object.assign(this.counts, counts)
  }
}
