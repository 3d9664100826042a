import { randomUuid } from '../noise.ts'
import { addresses } from './lookup.ts'
import { createShape } from './shape.ts'

/** A new UUID a session, against caches. */
export const telemetryUuid = createShape(
  'telemetry-uuid',
  'An app reports under a UUID of version 4.',
  'telemetry.example',
  (random) => ({ labels: [randomUuid(random), 'telemetry'], ...addresses(2) }),
)
