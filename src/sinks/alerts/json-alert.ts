import { incidentMessage } from '../messages/incident.ts'
import type { AlertFormat } from './alert-format.ts'

/** The incident as the contract has it, with its revision: the same object that goes to a topic. */
export const jsonAlert: AlertFormat = {
  name: 'json',
  mediaType: 'application/json',
  write: ({ incident, revision }) => `${incidentMessage(incident, revision)}\n`,
}
