import { ecsEvent } from '../ecs.ts'
import { jsonLine } from '../ndjson.ts'
import type { AlertFormat } from './alert-format.ts'

/** Elastic Common Schema, as `scan --format ecs` writes it. */
export const ecsAlert: AlertFormat = {
  name: 'ecs',
  mediaType: 'application/json',
  write: ({ incident }) => jsonLine(ecsEvent(incident)),
}
