import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { EXIT, ExitError } from './exit.ts'

/** As much of `@duckdb/node-api` as is used: it is no dependency, so that who asks no SQL installs no database. */
interface DuckDb {
  readonly DuckDBInstance: {
    create(path: string): Promise<{ connect(): Promise<Connection>; closeSync(): void }>
  }
}
interface Connection {
  run(sql: string): Promise<unknown>
  runAndReadAll(sql: string): Promise<{ getRowObjectsJson(): Record<string, unknown>[] }>
  closeSync(): void
}

const PACKAGE = '@duckdb/node-api'

/** Rows of a query over a table `incidents` of these objects. The database is in memory, and reaches nothing outside itself. */
export async function queryWithDuckDb(rows: Iterable<object>, sql: string): Promise<Record<string, unknown>[]> {
  const { DuckDBInstance } = await loadDuckDb()
  const folder = mkdtempSync(join(tmpdir(), 'wakeful-history-'))
  try {
    const file = join(folder, 'incidents.ndjson')
    writeFileSync(file, [...rows].map((row) => `${JSON.stringify(row)}\n`).join(''), { mode: 0o600 })
    const instance = await DuckDBInstance.create(':memory:')
    const connection = await instance.connect()
    try {
      await connection.run(`CREATE TABLE incidents AS SELECT * FROM read_json_auto('${file.replaceAll("'", "''")}')`)
      await connection.run('SET enable_external_access = false; SET lock_configuration = true')
      return (await connection.runAndReadAll(sql)).getRowObjectsJson()
    } finally {
      connection.closeSync()
      instance.closeSync()
    }
  } catch (error) {
    throw new ExitError(EXIT.usage, `The query was not understood: ${(error as Error).message.split('\n')[0]}`, {
      cause: error,
    })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function loadDuckDb(): Promise<DuckDb> {
  try {
    return (await import(PACKAGE)) as DuckDb
  } catch (cause) {
    throw new ExitError(EXIT.configuration, `SQL needs a database that is not installed: npm install ${PACKAGE}`, {
      cause,
    })
  }
}
