import type { DomainAccount } from '../pipeline/explain/domain-account.ts'
import type { Explanation } from '../pipeline/explain/explain.ts'
import type { Layout } from '../sinks/incident-format.ts'
import { grid, keyed, paragraphs, valueColumns } from '../sinks/rows.ts'
import { paint } from '../sinks/style.ts'
import { fit, wrap } from '../sinks/text-layout.ts'
import { countWords, figure, spanWords } from '../sinks/words.ts'

const CLIENTS_SHOWN = 5
const NAMES_SHOWN = 5

/** An explanation for people: the verdict, then each observation's account against its limits. */
export function explanationText(explanation: Explanation, layout: Layout): string {
  const { registeredDomain, seen, verdict, accounts, nearest } = explanation
  const blocks = accounts.map((account) => [...wrap(account.verdict, layout.columns), ...accountLines(account, layout)])
  if (!seen)
    blocks.push([
      ...wrap(verdict, layout.columns),
      ...keyed(
        'nearest',
        nearest.map((name) => fit(name, valueColumns(layout))),
        layout,
      ),
    ])
  const title = paint(fit(registeredDomain, layout.columns), 'strong', layout)
  return `${[title, ...blocks.map((lines) => lines.join('\n'))].join('\n\n')}\n`.replace('\n\n', '\n')
}

function accountLines(account: DomainAccount, layout: Layout): string[] {
  const width = valueColumns(layout)
  const { firstSeen, lastSeen, sampleQnames, sources } = account
  return [
    ...paragraphs(
      'seen',
      [firstSeen && lastSeen ? spanWords(firstSeen, lastSeen) : 'no times in this input: volume cannot be judged'],
      layout,
    ),
    ...paragraphs('queries', [queries(account)], layout),
    ...paragraphs('names', [names(account)], layout),
    ...paragraphs(
      'left',
      [`${countWords(account.octetsUp, 'octet')} up, ${figure(Math.round(account.octetsDown))} down in new answers`],
      layout,
    ),
    ...readingLines(account, layout),
    ...windowLines(account, layout),
    ...lookupLines(account, layout),
    ...keyed(
      'clients',
      clients(account).map((line) => fit(line, width)),
      layout,
    ),
    ...keyed(
      'samples',
      sampleQnames.slice(0, NAMES_SHOWN).map((name) => fit(name, width)),
      layout,
    ),
    ...keyed(
      'source',
      [
        fit(
          sources.length > 3 ? `${sources.slice(0, 3).join(', ')} and ${sources.length - 3} more` : sources.join(', '),
          width,
        ),
      ],
      layout,
    ),
  ]
}

function queries({ queries, repeats, qtypes }: DomainAccount): string {
  const types = Object.entries(qtypes).map(([type, count]) => `${type} ${figure(count)}`)
  const seenAgain = repeats === 0 ? '' : `, and ${figure(repeats)} sent or seen again`
  return `${figure(queries)} (${types.join(', ')})${seenAgain}`
}

function names({ names, novelNames, bare, referred }: DomainAccount): string {
  const parts = [`${figure(novelNames)} new of ${figure(names)} different`]
  if (bare > 0) parts.push(`${countWords(bare, 'query', 'queries')} for the domain itself`)
  if (referred > 0)
    parts.push(`${countWords(referred, 'query', 'queries')} for names out of earlier answers, which cost nothing`)
  return parts.join('; ')
}

function readingLines({ readings }: DomainAccount, layout: Layout): string[] {
  const rows = readings.map(({ detector, over, highest, limit, unit, fired, silent }) => [
    `${detector}, ${over}${silent === '' || highest === 0 ? '' : ` (${silent})`}`,
    figure(unit === 'octets' ? Math.round(highest) : Math.round(highest * 10) / 10),
    `${figure(limit)}${unit === 'octets' ? ' octets' : ''}`,
    fired ? 'fired' : '',
  ])
  return grid('account', [['', 'highest', 'limit', ''], ...rows], layout)
}

/** What the window model thinks, and why; it ranks and explains, so nothing here says alert. */
function windowLines({ window }: DomainAccount, layout: Layout): string[] {
  if (!window) return []
  const { evidence, oddness, terms } = window
  const odd =
    oddness > 0
      ? `stands apart from benign domains ${oddness.toFixed(1)} questions sooner than most`
      : 'not odd among benign domains'
  const rows = terms.map(({ feature, value, contribution }) => [
    feature,
    Number.isNaN(value) ? 'not known' : figure(Number(value.toPrecision(3))),
    `${contribution < 0 ? '' : '+'}${contribution.toFixed(2)}`,
  ])
  return [
    ...paragraphs(
      'window',
      [`as a whole: evidence ${evidence.toFixed(1)} for a tunnel (it alerts nobody by itself); ${odd}`],
      layout,
    ),
    ...grid('', [['', 'value', 'says'], ...rows], layout),
  ]
}

function lookupLines({ lookup, incidents }: DomainAccount, layout: Layout): string[] {
  if (!lookup) return []
  const { heldAs, form, clientShare, clientShareLimit, against } = lookup
  const share = clientShare === null ? 'not known' : `${Math.round(clientShare * 100)} %`
  const alone = `form ${form ?? 'none'}; ${share} of its clients' queries, against ${Math.round(clientShareLimit * 100)} %`
  if (heldAs) return paragraphs('look-up', [`held as a look-up service by the form "${heldAs}"`, alone], layout)
  const alerted = incidents.some((incident) => incident.scope === 'domain')
  const spoken =
    against.length > 0
      ? ['not one:', ...against.map((sentence) => `- ${sentence}`)]
      : ['nothing speaks against one now']
  return paragraphs('look-up', alerted ? [alone, ...spoken] : ['not asked, as nothing fired', alone], layout)
}

function clients({ clients, clientCount }: DomainAccount): string[] {
  if (clientCount === 0) return ['not known from this input']
  const shown = clients
    .slice(0, CLIENTS_SHOWN)
    .map(({ address, queries }) => `${address}  ${countWords(queries, 'query', 'queries')}`)
  return clientCount > CLIENTS_SHOWN ? [...shown, `and ${figure(clientCount - CLIENTS_SHOWN)} more`] : shown
}
