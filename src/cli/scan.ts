import { type Command, Option } from 'commander'
import type { CanonicalBatch } from '../detect/canonical-batch.ts'
import { type Incident, SEVERITIES, type Severity } from '../detect/incident.ts'
import { loadDetectionModel } from '../detect/load-detection-model.ts'
import type { FactKind } from '../enrich/fact.ts'
import { DistinctSubjects } from '../pipeline/distinct-subjects.ts'
import { type ScanResult, scan } from '../pipeline/scan.ts'
import { TimeSpan } from '../pipeline/time-span.ts'
import { INCIDENT_FORMATS } from '../sinks/index.ts'
import { CarriedState } from './carried-state.ts'
import {
  addEnrichOptions,
  type Enrichment,
  type EnrichOptions,
  enrichment,
  factKinds,
  waitSeconds,
} from './enrich-options.ts'
import { EXIT, ExitError } from './exit.ts'
import { interruptible } from './interrupt.ts'
import { hiddenSentences, joinedSentence } from './joined-sentence.ts'
import { outputLayout } from './layout.ts'
import { addReadOptions, nonEmpty, type ReadOptions, sourceOptions } from './options.ts'
import { writeOut } from './output.ts'
import { readInputs } from './read-inputs.ts'
import { runStats } from './run-stats.ts'
import { say } from './say.ts'
import { withFacts } from './scan-facts.ts'
import { scanReport } from './scan-report.ts'
import { demandSomethingRead } from './tell-inputs.ts'
import { writeWhole } from './write-whole.ts'

interface ScanVerbOptions extends ReadOptions, EnrichOptions {
  readonly each?: true
  readonly flows?: true
  readonly enrich?: readonly FactKind[]
  readonly enrichWait: number
  readonly format: string
  readonly html?: string
  readonly stats?: string
  readonly name: string
  readonly failOn?: Severity
  readonly state?: string
}

const FORMATS = INCIDENT_FORMATS.map((format) => format.name)

const EXAMPLES = `
Examples:
  wakeful scan samples                                   the samples as one observation
  wakeful scan --each samples                            each file by itself
  wakeful scan samples/dnscat2.pcap.gz --format ndjson   one object an incident
  wakeful scan samples --html report.html                and a report to open in a browser, with charts
  wakeful scan samples --format csv --stats stats.json   for a spreadsheet, with counts of all that was read
  wakeful scan samples --flows --enrich age --offline    the shape of flows beside alerts, and what a cache knows
  zcat samples/det.pcap.gz | wakeful scan - --fail-on high

Exit: 0 done; 2 findings at or above --fail-on; 64 wrong usage; 65 nothing could be read; 74 output could not be
written; 78 wrong configuration; 1 anything else.`

/** `wakeful scan`: captures and logs in, incidents out. */
export function addScan(command: Command): void {
  addEnrichOptions(addReadOptions(command))
    .description(
      'Reads captures (pcap, pcapng), logs (Zeek dns.log, query logs of BIND, Unbound, dnsmasq, dnsdist and CoreDNS, ' +
        'Suricata eve.json), dnstap files, CSV files and lists of names, also gzipped, ' +
        'and prints an alert for each domain that data leaves by. All inputs together are one observation, merged by time.',
    )
    .option('--each', 'every file is an observation of its own')
    .option('--flows', 'make flows of captures too, and cite their shape; of Zeek logs conn.log is joined in any case')
    .addOption(new Option('--format <format>', 'how incidents are printed').choices(FORMATS).default(FORMATS[0]))
    .option('--html <file>', 'write a report for a browser: one file, opens offline', nonEmpty)
    .option('--stats <file>', 'write counts of what was read and found, as JSON', nonEmpty)
    .option('--name <observation>', 'name of the observation, part of incident ids', nonEmpty, 'default')
    .addOption(
      new Option(
        '--state <folder>',
        'go on from the accounts of earlier scans kept there, and keep those of this one',
      ).conflicts('each'),
    )
    .addOption(
      new Option(
        '--enrich <kinds>',
        'ask others about the domains of alerts: reputation, age, popularity, list',
      ).argParser(factKinds),
    )
    .addOption(
      new Option('--enrich-wait <seconds>', 'of --enrich: wait this long for all answers')
        .argParser(waitSeconds)
        .default(1),
    )
    .addOption(new Option('--fail-on <severity>', 'exit 2 where an incident is this bad or worse').choices(SEVERITIES))
    .addHelpText('after', EXAMPLES)
    .action(async (inputs: string[], options: ScanVerbOptions) => {
      process.exitCode = await interruptible((signal) => runScan(inputs, options, signal))
    })
}

async function runScan(inputs: readonly string[], options: ScanVerbOptions, signal: AbortSignal): Promise<number> {
  const start = performance.now()
  const each = options.each ?? false
  const model = loadDetectionModel(options.model)
  // Before the scan: a list that is not there must not be told of when the findings are.
  const facts = askedFacts(options)
  const distinct = new DistinctSubjects()
  const times = new TimeSpan()
  const onRows = (rows: CanonicalBatch) => {
    distinct.add(rows)
    times.add(rows)
  }
  const carried = options.state === undefined ? undefined : new CarriedState(options.state, model.version)
  const how = {
    model,
    source: sourceOptions(options),
    each,
    flows: options.flows === true,
    name: options.name,
    onRows,
    ...carried?.hooks,
  }
  // Each by itself, equal files are two observations, and the second is as true as the first.
  const { found, result } = await readInputs(
    inputs,
    options,
    { dedupeContent: !each, flows: !each },
    async (found) => ({
      found,
      result: await scan(found, how, signal),
    }),
  )
  // What was signalled is told by `interruptible`; of half a scan nothing is printed.
  if (signal.aborted) return EXIT.other
  const seconds = (performance.now() - start) / 1000
  const { counts } = result
  const incidents = facts ? await withFacts(result.incidents, facts, options.enrichWait, signal) : result.incidents
  const stats = runStats({ counts, skipped: found.skipped, incidents, distinct, seconds, joined: result.joined })
  // A file that cannot be written does not take the findings with it.
  const unwritten = [
    tryWrite(options.stats, () => `${JSON.stringify(stats, null, 2)}\n`),
    tryWrite(options.html, () =>
      scanReport({ result: { ...result, incidents }, stats, model, observation: options.name, times }),
    ),
  ].find((error) => error !== undefined)
  demandSomethingRead(inputs, counts)
  if (result.joined) for (const told of [joinedSentence(result.joined), ...hiddenSentences(result.joined)]) say(told)
  await writeOut(printed(options.format, { ...result, incidents }))
  carried?.save()
  if (unwritten) throw unwritten
  return isFound(incidents, options.failOn) ? EXIT.findings : EXIT.done
}

/** Who is to be asked; a list that was named is asked for, without `--enrich` too, as it costs nobody anything. */
function askedFacts(options: ScanVerbOptions): Enrichment | undefined {
  const hasLists = options.popularity !== undefined || options.threats.length > 0
  const kinds = options.enrich ?? (hasLists ? [] : undefined)
  return kinds && enrichment(kinds, options)
}

function tryWrite(path: string | undefined, text: () => string): ExitError | undefined {
  if (path === undefined) return undefined
  try {
    writeWhole(path, text())
  } catch (error) {
    if (error instanceof ExitError) return error
    throw error
  }
}

function printed(name: string, { incidents, counts, untimed }: ScanResult): Iterable<string> {
  const format = INCIDENT_FORMATS.find((format) => format.name === name)!
  const read = counts.filter((input) => input.failure === undefined || input.packets > 0 || input.rows > 0)
  const rows = read.reduce((sum, input) => sum + input.rows, 0)
  return format.write(incidents, { inputs: read.length, rows, untimed }, outputLayout())
}

function isFound(incidents: readonly Incident[], failOn: Severity | undefined): boolean {
  if (failOn === undefined) return false
  const line = SEVERITIES.indexOf(failOn)
  return incidents.some((incident) => SEVERITIES.indexOf(incident.severity) >= line)
}
