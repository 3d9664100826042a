import { html } from '../../../sinks/html/markup.ts'
import { pageOf } from '../../../sinks/html/page.ts'
import { sectionFolds } from '../../learned/html/section-folds.ts'
import type { Section } from '../../section.ts'
import type { StreamEvaluation } from '../result.ts'
import { armCard } from './arm-card.ts'
import { RULES } from './rules.ts'
import { isBaseline, modelArms, whatFollows } from './what-follows.ts'
import { windowSections } from './window-sections.ts'

/**
 * A stream and who judged it as one file that opens without a network and without scripts: a card an arm, arms that learn
 * first, one point a window. A function of its arguments: the same evaluation gives the same octets.
 */
export function streamReport(evaluation: StreamEvaluation, sections: readonly Section[], program: string): string {
  const { title, facts, result, limit } = evaluation
  const { frozen, late, atOnce } = modelArms(result)
  const baselines = [...result.arms.keys()].filter((arm) => isBaseline(result.arms[arm]))
  const cards = [...late, ...atOnce, ...frozen, ...baselines]
  return pageOf({
    title: `wakeful evaluate: ${title}`,
    heading: 'How models keep up with a stream',
    subject: html`<bdi>${title}</bdi>`,
    main: html`<section><h2>What follows</h2><ul class="spots">${whatFollows(result).map((said) => html`<li>${said}</li>`)}</ul></section>
<section><h2>What was run</h2><dl class="facts">${facts.map(([what, value]) => html`<div><dt>${what}</dt><dd><bdi>${value}</bdi></dd></div>`)}</dl></section>
<section><h2>Arms along the stream</h2>
<p class="soft">Each row was scored before any label of it could be heard. A window without rows of both classes has no balanced accuracy; kappa past no change
is below 0 where repeating the last label does better, and what is below -1 stands at -1.</p>
${cards.map((arm) => armCard(result, arm, rivalOf(arm, frozen, late, atOnce), limit))}</section>
${sectionFolds([...sections, ...windowSections(evaluation)])}`,
    footer: html`Made by ${program}. One stream in one order: figures of another order differ, and no bound is put on a difference here.`,
    rules: RULES,
  })
}

/** Whom an arm is drawn against: the best that never learns, or of that one the best that does. */
function rivalOf(
  arm: number,
  frozen: readonly number[],
  late: readonly number[],
  atOnce: readonly number[],
): number | undefined {
  return arm === frozen[0] ? (late[0] ?? atOnce[0]) : frozen[0]
}
