import { expect, it } from 'vitest'
import { anIncident, HOSTILE } from './incident.testing.ts'
import { INCIDENT_FIELDS } from './incident-fields.ts'
import { ndjson } from './ndjson.ts'

it('knows every field of an incident, in the order of the contract', () => {
  expect([...INCIDENT_FIELDS].sort()).toEqual(Object.keys(anIncident()).sort())
  const [line] = ndjson.write([anIncident()], { inputs: 1, rows: 1, untimed: [] }, { columns: 80, colour: false })
  expect(Object.keys(JSON.parse(line))).toEqual([...INCIDENT_FIELDS])
})

it.each(Object.entries(HOSTILE))('keeps %s as a value, in printable ASCII', (_, text) => {
  const incident = anIncident({ registeredDomain: text, source: text })
  const [line] = ndjson.write([incident], { inputs: 1, rows: 1, untimed: [] }, { columns: 80, colour: false })
  expect(line).toMatch(/^[\x20-\x7e]+\n$/)
  expect(JSON.parse(line)).toEqual(incident)
})
