import { csv } from './csv.ts'
import { ecs } from './ecs.ts'
import type { IncidentFormat } from './incident-format.ts'
import { ndjson } from './ndjson.ts'
import { table } from './table.ts'

/** Every way to write incidents, by the word of `--format`: one line a format, the first is what people get. */
export const INCIDENT_FORMATS: readonly IncidentFormat[] = [table, ndjson, csv, ecs]
