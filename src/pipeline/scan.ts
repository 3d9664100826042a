import { domainIncident, groupIncident, type Observation } from '../detect/build-incident.ts'
import type { CanonicalBatch } from '../detect/canonical-batch.ts'
import { compareText } from '../detect/compare.ts'
import type { DetectionModel } from '../detect/detection-model.ts'
import type { Detector, DetectorOptions } from '../detect/detector.ts'
import { withFlows } from '../detect/flows/flow-detector.ts'
import type { Joined } from '../detect/flows/flow-join.ts'
import type { Incident } from '../detect/incident.ts'
import type { FlowSource } from '../sources/flows/flow-source.ts'
import { openSources } from '../sources/index.ts'
import type { FoundInput, FoundInputs } from '../sources/inputs/find-inputs.ts'
import type { InputCounts, Source, SourceOptions } from '../sources/source.ts'
import { observe, type Watcher } from './run.ts'
import { ScanFlows } from './scan-flows.ts'

/** How a scan is made; see `wakeful scan --help` for what each means to a user. */
export interface ScanOptions {
  readonly model: DetectionModel
  readonly source: SourceOptions
  /** Every file its own observation. */
  readonly each: boolean
  /** Name of the observation, part of incident ids. */
  readonly name: string
  readonly owners?: number
  /** Makes flows of the messages of captures too; logs of flows are joined in any case. */
  readonly flows?: boolean
  /** Sees every batch of every observation before it is booked. */
  readonly onRows?: DetectorOptions['onRows']
  readonly watcher?: Watcher
  /** Gets each observation's detector before it is dropped: for `explain` and for evaluation. */
  onObservation?(detector: Detector, observation: Observation, sources: readonly string[]): void
  /** Called when an observation is done, for progress. */
  onProgress?(done: number, of: number): void
}

/** What a scan found and what it read. */
export interface ScanResult {
  /** Sorted by (alertedAt, firstSeen, registeredDomain, id). */
  readonly incidents: readonly Incident[]
  readonly counts: readonly InputCounts[]
  /** Labels of the inputs without time, each an observation of its own in which volume cannot be judged. */
  readonly untimed: readonly string[]
  /** How flows and names were joined, where a log of flows was read. */
  readonly joined?: Joined
}

/** A query waits this long for its response (DESIGN.md 3). */
export const RESPONSE_WAIT_MS = 5000

/** Reads the inputs as one observation, or each as its own, and returns the incidents. */
export async function scan(found: FoundInputs, options: ScanOptions, signal: AbortSignal): Promise<ScanResult> {
  const groups: FoundInput[][] = options.each ? found.inputs.map((input) => [input]) : [[...found.inputs]]
  const incidents: Incident[] = []
  const counts: InputCounts[] = []
  const untimed: string[] = []
  let joined: Joined | undefined
  for (const [done, inputs] of groups.entries()) {
    if (signal.aborted) break
    options.onProgress?.(done, groups.length)
    const opened = await openSources({ inputs }, options.source)
    counts.push(...opened.counts)
    untimed.push(...opened.untimed.map((source) => source.name))
    // By rank of the input, which is what rows and incidents carry.
    const labels = new Map(inputs.map((input, i) => [input.file.index, opened.counts[i].source]))
    const observations: [readonly Source[], boolean][] = [
      // Flows without names are read all the same: how many there are is worth a sentence.
      ...(opened.timed.length + opened.flows.length > 0 ? [[opened.timed, true] as [readonly Source[], boolean]] : []),
      ...opened.untimed.map((source) => [[source], false] as [readonly Source[], boolean]),
    ]
    for (const [sources, timed] of observations) {
      const flows = flowsOf(timed ? opened.flows : [], options.flows === true && timed)
      let seen: Detector | undefined
      const settings = {
        timed,
        ...(options.owners === undefined ? {} : { owners: options.owners }),
        onRows: (rows: CanonicalBatch) => {
          options.onRows?.(rows)
          flows?.addRows(rows, seen)
        },
      }
      const { watcher: asked } = options
      const watcher: Watcher = {
        onDetector(detector, isTimed) {
          seen = detector
          asked?.onDetector?.(detector, isTimed)
        },
        cut: (batch) => asked?.cut?.(batch) ?? [batch],
      }
      const detector = await observe(sources, options.model, settings, signal, watcher)
      joined = (await flows?.finish(detector, signal)) ?? joined
      const observation: Observation = {
        name: options.name,
        timed,
        model: flows ? withFlows(options.model) : options.model,
        sourceOf: (input) => labels.get(input) ?? '',
      }
      const alone = new Set(opened.untimed.map((source) => source.name))
      const together = [...labels.values()].filter((label) => !alone.has(label))
      options.onObservation?.(detector, observation, timed ? together : [sources[0].name])
      incidents.push(...collect(detector, observation))
    }
  }
  for (const { label, sentence } of found.failures) counts.push(failed(label, sentence))
  options.onProgress?.(groups.length, groups.length)
  return { incidents: incidents.sort(compareIncidents), counts, untimed, ...(joined ? { joined } : {}) }
}

function flowsOf(sources: readonly FlowSource[], packets: boolean): ScanFlows | undefined {
  return sources.length > 0 || packets ? new ScanFlows(sources, packets) : undefined
}

/**
 * Incidents of one observation that have news: alerts, look-up services past a line, and clients over many domains. A
 * rotation whose weight lies in domains that became alerts themselves is told already.
 */
export function collect(detector: Detector, observation: Observation): Incident[] {
  const states = detector.partitions.flatMap((partition) => [...partition.closed, ...partition.rich.values()])
  const news = states.filter((state) => state.lastMs !== state.carriedMs)
  const alerted = states.filter((state) => state.alert !== undefined)
  return [
    ...news
      .filter((state) => state.alert !== undefined || state.lookup !== undefined)
      .map((state) => domainIncident(state, observation)),
    ...detector.clients
      .alerts()
      .filter((group) => group.lastMs !== group.carriedMs && !group.isToldBy(alerted))
      .map((group) => groupIncident(group, observation)),
  ]
}

function compareIncidents(a: Incident, b: Incident): number {
  const last = '\uffff'
  return (
    compareText(a.alertedAt ?? last, b.alertedAt ?? last) ||
    compareText(a.firstSeen ?? last, b.firstSeen ?? last) ||
    compareText(a.registeredDomain, b.registeredDomain) ||
    compareText(a.id, b.id)
  )
}

function failed(source: string, failure: string): InputCounts {
  return { source, packets: 0, messages: 0, queries: 0, responses: 0, rows: 0, malformed: {}, skipped: 0, failure }
}
