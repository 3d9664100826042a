import type { ClientFact } from './client-facts.ts'
import { ClientGroup } from './client-group.ts'
import { compareBytes, compareText } from './compare.ts'
import type { DetectionModel } from './detection-model.ts'

/** Clients watched at once; the sixteenth with the fewest octets makes room, so that a flood is not a search each. */
const CLIENTS_MAX = 8192

/** Order of facts: by time, then client, then domain, so that the order partitions report in does not matter. */
function compareFacts(a: ClientFact, b: ClientFact): number {
  return a.firstMs - b.firstMs || compareText(a.client, b.client) || compareText(a.domain, b.domain)
}

/**
 * The second stage (DESIGN.md 3): what one client does across domains. It takes a minute's facts when every partition
 * has passed that minute, and keeps two accounts a client: names under invented top-level names, which nobody had to
 * register, and costly names under rare domains, which a tunnel that rotates has to spread over.
 */
export class ClientStage {
  private readonly model: DetectionModel
  private readonly groups = new Map<string, ClientGroup>()

  constructor(model: DetectionModel) {
    this.model = model
  }

  /** Takes the facts of one closed minute, from all partitions. */
  take(facts: ClientFact[]): void {
    for (const fact of facts.sort(compareFacts)) {
      this.group(fact, fact.invented).add(fact, this.model.thresholds)
    }
  }

  /** Every group that became an alert, in a fixed order. */
  alerts(): ClientGroup[] {
    return [...this.groups.values()]
      .filter((group) => group.alert !== undefined)
      .sort((a, b) => compareBytes(a.client, b.client) || Number(a.invented) - Number(b.invented))
  }

  /** Every group, for printing margins. */
  all(): IterableIterator<ClientGroup> {
    return this.groups.values()
  }

  /** Takes the groups an earlier scan knew. */
  remember(groups: ReadonlyMap<string, ClientGroup>): void {
    for (const [key, group] of groups) this.groups.set(key, group)
  }

  /** The groups by key, for a snapshot. */
  memory(): ReadonlyMap<string, ClientGroup> {
    return this.groups
  }

  private group(fact: ClientFact, invented: boolean): ClientGroup {
    const key = `${fact.clientLo},${fact.clientHi},${invented}`
    let group = this.groups.get(key)
    if (!group) {
      if (this.groups.size >= CLIENTS_MAX) this.evict()
      group = new ClientGroup(fact, invented)
      this.groups.set(key, group)
    }
    return group
  }

  private evict(): void {
    const poorest = [...this.groups]
      .filter(([, group]) => group.alert === undefined)
      .sort(([a, x], [b, y]) => x.octets - y.octets || compareText(a, b))
      .slice(0, CLIENTS_MAX >> 4)
    for (const [key] of poorest) this.groups.delete(key)
  }
}
