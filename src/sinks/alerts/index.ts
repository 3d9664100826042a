import type { AlertFormat } from './alert-format.ts'
import { cefAlert } from './cef.ts'
import { ecsAlert } from './ecs-alert.ts'
import { jsonAlert } from './json-alert.ts'
import { slackAlert } from './slack.ts'
import { teamsAlert } from './teams.ts'

/** Every way to write an alert, by its word in the configuration. */
export const ALERT_FORMATS: readonly AlertFormat[] = [jsonAlert, ecsAlert, slackAlert, teamsAlert, cefAlert]
