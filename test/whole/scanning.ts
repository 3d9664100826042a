import { copyRow } from '../../src/batch/copy-row.ts'
import { DnsBatch } from '../../src/batch/dns-batch.ts'
import type { DetectionModel } from '../../src/detect/detection-model.ts'
import type { Incident } from '../../src/detect/incident.ts'
import { loadDetectionModel } from '../../src/detect/load-detection-model.ts'
import { observe, type Watcher } from '../../src/pipeline/run.ts'
import { collect, RESPONSE_WAIT_MS, type ScanOptions, scan } from '../../src/pipeline/scan.ts'
import { ndjson } from '../../src/sinks/ndjson.ts'
import { openSources } from '../../src/sources/index.ts'
import { findInputs } from '../../src/sources/inputs/find-inputs.ts'
import type { Source } from '../../src/sources/source.ts'

const model = loadDetectionModel()
/** The shipped model with lines far below those of a user: dozens of domains are told of, and can be compared. */
export const nervous: DetectionModel = {
  ...model,
  thresholds: {
    ...model.thresholds,
    accountOctets: model.thresholds.accountOctets.map((octets) => octets / 20),
    inventedOctets: model.thresholds.inventedOctets / 20,
    rotationOctets: model.thresholds.rotationOctets / 20,
    lookupOctets: model.thresholds.lookupOctets / 20,
  },
}
const source = { ports: [], responseWaitMs: RESPONSE_WAIT_MS }
const { signal } = new AbortController()

/** The incidents of one observation of these files, as `scan` sorts them. */
export async function incidentsOf(paths: readonly string[], options: Partial<ScanOptions> = {}): Promise<Incident[]> {
  const settings = { model, source, each: false, name: 'default', ...options }
  const { incidents, counts } = await scan(await findInputs(paths), settings, signal)
  const failures = counts.flatMap(({ failure }) => failure ?? [])
  if (failures.length > 0) throw new Error(failures.join('; '))
  return [...incidents]
}

/** The incidents as `--format ndjson` writes them. */
export function textOf(incidents: readonly Incident[]): string {
  return [...ndjson.write(incidents, { inputs: 0, rows: 0, untimed: [] }, { columns: 80, colour: false })].join('')
}

/** The same without the file an incident is first seen in: for inputs that are cut or named otherwise. */
export function textWithoutSource(incidents: readonly Incident[]): string {
  return textOf(incidents.map((incident) => ({ ...incident, source: '' })))
}

export interface Recut {
  /** A source for every file, to be merged by the pipeline, where captures share one otherwise. */
  readonly sourceEach?: boolean
  /** The sources in turned order. */
  readonly lastFirst?: boolean
}

/** What {@link incidentsOf} gives for timed inputs, with every source's batches cut anew to `rows`, in order of ids. */
export async function incidentsOfRecut(paths: readonly string[], rows: number, recut: Recut = {}): Promise<Incident[]> {
  const { inputs } = await findInputs(paths)
  const groups = recut.sourceEach ? inputs.map((input) => [input]) : [inputs]
  const opened = await Promise.all(groups.map((group) => openSources({ inputs: group }, source)))
  const sources = opened.flatMap(({ timed }) => timed).map((one) => recutSource(one, rows))
  return incidentsOfSources(recut.lastFirst ? sources.reverse() : sources, (input) => inputs[input].file.label)
}

/** The incidents of these sources as one observation, in order of ids. */
export async function incidentsOfSources(
  sources: readonly Source[],
  sourceOf: (input: number) => string,
  { owners = 1, watcher = {} as Watcher } = {},
): Promise<Incident[]> {
  const detector = await observe(sources, model, { timed: true, owners }, signal, watcher)
  return byId(collect(detector, { name: 'default', timed: true, model, sourceOf }))
}

export function byId(incidents: readonly Incident[]): Incident[] {
  return incidents.toSorted((a, b) => (a.id < b.id ? -1 : 1))
}

/**
 * A source whose batches hold `rows` rows. One batch is filled again and again, and holds nonsense as soon as the next
 * is asked for, as the contract of {@link Source} allows: who keeps a row without copying it reads nonsense.
 */
function recutSource(whole: Source, rows: number): Source {
  return {
    name: whole.name,
    timed: whole.timed,
    async *read(signal) {
      const out = new DnsBatch(rows)
      for await (const batch of whole.read(signal)) {
        for (let row = 0; row < batch.rows; row++) {
          copyRow(batch, row, out)
          if (!out.full) continue
          yield out
          spoil(out)
        }
      }
      if (out.rows > 0) yield out
    },
  }
}

/** Has batches booked in ones of `rows` rows. */
export function bookedIn(rows: number): Watcher {
  return { cut: (batch) => cutBatch(batch, rows) }
}

function* cutBatch(batch: DnsBatch, rows: number): Generator<DnsBatch> {
  const out = new DnsBatch(rows)
  for (let row = 0; row < batch.rows; row++) {
    copyRow(batch, row, out)
    if (!out.full && row + 1 < batch.rows) continue
    yield out
    spoil(out)
  }
}

function spoil(batch: DnsBatch): void {
  batch.arena.fill(0xff)
  batch.client.fill(0xff)
  batch.timeMs.fill(-1)
  batch.clear()
}
