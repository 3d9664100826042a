import { html } from '../../../sinks/html/markup.ts'
import { pageOf } from '../../../sinks/html/page.ts'
import type { LearnedEvaluation } from '../judged.ts'
import { learnedSections } from '../learned-sections.ts'
import { auditTable, auditWarning } from './audit-table.ts'
import { baselineBars } from './baseline-bars.ts'
import { distributionPlots } from './distribution-plots.ts'
import { heatMap } from './heat-map.ts'
import { judgedCard } from './judged-card.ts'
import { leaveOutBars } from './leave-out-bars.ts'
import { RULES } from './rules.ts'
import { sectionFolds } from './section-folds.ts'
import { verdict } from './verdict.ts'

/**
 * An evaluation of learned models as one file that opens without a network and without scripts, what casts doubt on it
 * first. A function of its arguments: the same evaluation gives the same octets.
 */
export function evaluationReport(evaluation: LearnedEvaluation, program: string): string {
  const { title, judged, audits, distributions } = evaluation
  return pageOf({
    title: `wakeful evaluate: ${title}`,
    heading: 'How far learned models can be believed',
    subject: html`<bdi>${title}</bdi>`,
    main: html`${auditWarning(audits)}
${verdict(evaluation)}
<section><h2>${judged.length === 1 ? 'The model' : 'The models'} on rows never seen</h2>
${judged.map((one) => judgedCard(one, judged))}</section>
${heatMap(evaluation)}
${leaveOutBars('tool', evaluation)}
${leaveOutBars('network', evaluation)}
${baselineBars(evaluation)}
${distributionPlots(distributions)}
${auditTable(audits)}
${sectionFolds(learnedSections(evaluation))}`,
    footer: html`Made by ${program}. Figures are on rows that trained nothing here. Bounds take rows as independent; queries
of one tunnel are not, so the truth is wider.`,
    rules: RULES,
  })
}
