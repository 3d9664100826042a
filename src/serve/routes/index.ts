import type { Route } from '../route.ts'
import { showAudit, showBurnIn, showHealth } from './health.ts'
import { giveVerdict, listIncidents, showIncident } from './incidents.ts'
import { promoteModel, rollBackModel, showModels } from './models.ts'
import { addSuppression, liftSuppression, listSuppressions, previewSuppression } from './suppressions.ts'
import { endToken, listTokens, makeToken, showCaller } from './tokens.ts'

/** Every endpoint that answers in JSON: what is in this list is served, checked, documented and tested for its role. */
export const ROUTES: readonly Route[] = [
  ...[listIncidents, showIncident, giveVerdict],
  ...[listSuppressions, previewSuppression, addSuppression, liftSuppression],
  ...[showModels, promoteModel, rollBackModel],
  ...[showHealth, showAudit, showBurnIn],
  ...[showCaller, listTokens, makeToken, endToken],
]
