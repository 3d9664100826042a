import { type Command, Option } from 'commander'
import { INCIDENT_FORMATS } from '../sinks/index.ts'
import { jsonLine } from '../sinks/ndjson.ts'
import { readStore } from '../store/read-store.ts'
import type { IncidentRecord } from '../store/records.ts'
import { parseSearch } from '../store/search.ts'
import { StoreError } from '../store/store-error.ts'
import type { StoreState } from '../store/store-state.ts'
import { EXIT, ExitError } from './exit.ts'
import { outputLayout } from './layout.ts'
import { nonEmpty } from './options.ts'
import { writeOut } from './output.ts'
import { queryWithDuckDb } from './query-with-duckdb.ts'
import { say } from './say.ts'
import { journalFolder } from './service/journal-folder.ts'

const EXAMPLES = `
Examples:
  wakeful history --search 'is:open severity:>=high sort:out'
  wakeful history --journal /var/lib/wakeful --format ndjson | jq .registeredDomain
  wakeful history --sql 'SELECT class, count(*) AS n, sum("bytesOut") AS octets FROM incidents GROUP BY ALL ORDER BY n DESC'

The service may go on meanwhile: nothing is changed. The search is the dashboard's. SQL runs in DuckDB, where it is installed
(npm install @duckdb/node-api), over one table, incidents: the fields of an incident, and revision, receivedAt, standing, demo.

Exit: 0 done; 64 wrong usage; 74 the journal could not be read; 78 no DuckDB; 1 anything else.`

interface HistoryOptions {
  readonly journal?: string
  readonly search: string
  readonly format: string
  readonly sql?: string
}

/** `wakeful history`: what a service has kept, searched or asked in SQL. */
export function addHistory(command: Command): void {
  command
    .description(
      "Prints the incidents that a service has kept, as they stand, without asking the service: it reads the journal's files.",
    )
    .option('--journal <folder>', 'the journal; as for wakeful watch if absent', nonEmpty)
    .option('--search <text>', 'as in the dashboard: severity:>=high src:10.0.0.0/8 is:open words -not sort:out', '')
    .addOption(
      new Option('--format <format>', 'how it is printed')
        .choices(INCIDENT_FORMATS.map(({ name }) => name))
        .default('table'),
    )
    .option('--sql <query>', 'ask in SQL instead; rows are printed as JSON, one a line', nonEmpty)
    .addHelpText('after', EXAMPLES)
    .action(runHistory)
}

async function runHistory({ journal, search: text, format, sql }: HistoryOptions): Promise<void> {
  const search = parseSearch(text)
  if (search.problem !== undefined) throw new ExitError(EXIT.usage, `The search was not understood: ${search.problem}`)
  const state = stateOf(journalFolder(journal, process.env))
  const nowMs = Date.now()
  const found = [...state.incidents.values()]
    .reverse()
    .filter((record) => search.matches(record, state.stand(record, nowMs)))
    .sort(search.order)
  if (sql !== undefined) {
    const rows = found.map((record) => rowOf(record, state, nowMs))
    await writeOut((await queryWithDuckDb(rows, sql)).map(jsonLine))
    return
  }
  const { write } = INCIDENT_FORMATS.find(({ name }) => name === format)!
  const summary = { inputs: 1, rows: found.reduce((sum, { incident }) => sum + incident.queries, 0), untimed: [] }
  await writeOut(
    write(
      found.map(({ incident }) => incident),
      summary,
      outputLayout(),
    ),
  )
}

function stateOf(folder: string): StoreState {
  try {
    return readStore(folder, say)
  } catch (error) {
    if (error instanceof StoreError) throw new ExitError(EXIT.io, error.message, { cause: error })
    throw error
  }
}

function rowOf(record: IncidentRecord, state: StoreState, nowMs: number): object {
  const { incident, revision, receivedMs, demo } = record
  const { standing } = state.stand(record, nowMs)
  return { ...incident, revision, receivedAt: new Date(receivedMs).toISOString(), standing, demo }
}
