import type { DetectionModel } from '../detect/detection-model.ts'
import { ACCOUNT_SECONDS } from '../detect/detection-model.ts'
import type { ScanResult } from '../pipeline/scan.ts'
import type { TimeSpan } from '../pipeline/time-span.ts'
import { htmlReport } from '../sinks/html/report.ts'
import type { ReportFacts } from '../sinks/html/report-facts.ts'
import { packageVersion } from './package-version.ts'

/** What a scan knows that its report tells. */
export interface ScanFacts {
  readonly result: ScanResult
  readonly stats: ReportFacts['stats']
  readonly model: DetectionModel
  readonly observation: string
  readonly times: TimeSpan
}

/** The text of `--html`. */
export function scanReport({ result, stats, model, observation, times }: ScanFacts): string {
  const { thresholds, version } = model
  return htmlReport(result.incidents, {
    program: `wakeful ${packageVersion()}`,
    model: version,
    observation,
    span: times.span,
    // The account that timelines follow is the one over 6 hours.
    lineOctets: thresholds.accountOctets[ACCOUNT_SECONDS.indexOf(21_600)],
    lookupOctets: thresholds.lookupOctets,
    untimed: result.untimed,
    stats,
  })
}
