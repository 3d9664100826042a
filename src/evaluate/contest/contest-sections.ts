import { clopperPearson } from '../../stats/clopper-pearson.ts'
import { count, NOTHING, words } from '../cells.ts'
import { type Column, type Section, sectionOf } from '../section.ts'
import type { Contest } from './contest.ts'
import { ALLOWED, type Allowed, type Standing } from './standing.ts'

type Table = Standing['table']

/** One contestant's row of a table. */
interface Line {
  readonly contestant: string
  readonly standings: readonly Standing[]
}

const TITLE: Readonly<Record<Table, string>> = { tool: 'Leave one tool out', network: 'Leave one network out' }
const WHAT: Readonly<Record<Table, string>> = {
  tool: 'Everything that learns is trained without any capture of the tool, then judged on all of them, train and dev. False domains are those of the benign dev rows.',
  network:
    'Everything that learns is trained, and every line set, without any row of the network, then judged on all of its captures with tunnels and all of its benign traffic.',
}
const FALSE: Readonly<Record<Table, string>> = {
  tool: 'Each column judges the same benign dev rows, by another model; the rate is that of the worst.',
  network:
    'Each network is judged by a model and a line that know nothing of it; the rate is that of all of them together. Networks without tunnels share a column; those of them that train are left out in two groups, by turns in order of name.',
}

/** The report: who finds what, at which price, and where the lines lay. */
export function contestSections(contest: Contest): Section[] {
  const tables = Object.keys(TITLE) as Table[]
  return [
    ...tables.flatMap((table) => ALLOWED.map((allowed) => recall(contest, table, allowed))),
    ...tables.flatMap((table) => ALLOWED.map((allowed) => falseAlarms(contest, table, allowed))),
    ...tables.map((table) => lines(contest, table)),
    published(contest),
  ]
}

function recall(contest: Contest, table: Table, allowed: Allowed): Section {
  const found = (standings: readonly Standing[]) =>
    `${sum(standings, (one) => one.found)}/${sum(standings, (one) => one.captures)}`
  return sectionOf(
    {
      name: `contest-${table}-recall`,
      title: `${TITLE[table]}: captures found, with ${allowed} false domains on tuning rows`,
      notes: [WHAT[table]],
    },
    linesOf(contest, table, [allowed]),
    [
      ...columnsOf(contest, table, found),
      { title: 'all', numeric: true, cell: ({ standings }) => found(standings) },
      {
        title: 'recall',
        numeric: true,
        cell: ({ standings }) => percent(sum(standings, (one) => one.found) / sum(standings, (one) => one.captures), 1),
      },
    ],
  )
}

function falseAlarms(contest: Contest, table: Table, allowed: Allowed): Section {
  const cell = (standings: readonly Standing[]) => {
    const judged = sum(standings, (one) => one.judged)
    return judged === 0 ? NOTHING : `${count(sum(standings, falseCount))}/${count(judged)}`
  }
  const quiet: Column<Line> = {
    title: 'without tunnels',
    numeric: true,
    cell: ({ standings }) => cell(standings.filter((one) => one.captures === 0)),
  }
  return sectionOf(
    {
      name: `contest-${table}-false`,
      title: `${TITLE[table]}: false domains, with ${allowed} on tuning rows`,
      notes: [
        `Distinct benign domains past the line, of those judged. ${FALSE[table]} In brackets its 95 % Clopper-Pearson bounds. Beside: other domains past the line in captures with tunnels.`,
      ],
    },
    linesOf(contest, table, [allowed]),
    [
      ...columnsOf(contest, table, cell),
      ...(table === 'network' ? [quiet] : []),
      { title: 'rate', numeric: true, cell: ({ standings }) => rate(table, standings) },
      {
        title: 'beside',
        numeric: true,
        cell: ({ standings }) => count(new Set(standings.flatMap(({ beside }) => beside)).size),
      },
    ],
  )
}

function lines(contest: Contest, table: Table): Section {
  const cell = (standings: readonly Standing[]) =>
    standings.map(({ line }) => Number(line.toPrecision(3)).toString()).join(' / ')
  return sectionOf(
    {
      name: `contest-${table}-lines`,
      title: `${TITLE[table]}: lines, with ${ALLOWED.join(' / ')} false domains on tuning rows`,
      notes: [
        'What a domain has to score more than, in units of each detector: octets, names, ratios to a line of ours, log-odds, questions, or the share of a score (fused: 1 and more is an alert). -Infinity where fewer domains than that have a score.',
      ],
    },
    linesOf(contest, table, ALLOWED),
    columnsOf(contest, table, cell),
  )
}

function published({ published: rows }: Contest): Section {
  return sectionOf(
    {
      name: 'contest-published',
      title: 'RITA at the lines it ships with',
      notes: [
        'On every row, train and dev: nothing of it is learned or tuned here. A domain is named from its line on.',
      ],
    },
    rows,
    [
      { title: 'severity', cell: ({ severity }) => severity },
      { title: 'names a day', numeric: true, cell: ({ line }) => count(line) },
      { title: 'captures found', numeric: true, cell: ({ found, captures }) => `${found}/${captures}` },
      {
        title: 'false domains',
        numeric: true,
        cell: ({ falseDomains, judged }) => `${falseDomains.length}/${count(judged)}`,
      },
      { title: 'which', cell: ({ falseDomains }) => words(falseDomains) },
    ],
  )
}

function linesOf({ names, standings }: Contest, table: Table, allowed: readonly Allowed[]): Line[] {
  const own = standings.filter((one) => one.table === table && allowed.includes(one.allowed))
  return names.map((contestant) => ({ contestant, standings: own.filter((one) => one.contestant === contestant) }))
}

/** The contestant, and one column for each round with tunnels, in order of name. */
function columnsOf(contest: Contest, table: Table, cell: (standings: readonly Standing[]) => string): Column<Line>[] {
  const own = contest.standings.filter((one) => one.table === table && one.captures > 0)
  const rounds = [...new Set(own.map(({ round }) => round))].sort()
  return [
    { title: 'detector', cell: ({ contestant }) => contestant },
    ...rounds.map(
      (round): Column<Line> => ({
        // A network is called by its owner: the rest is as long as the table is wide.
        title: table === 'network' ? round.split('/')[0] : round,
        numeric: true,
        cell: ({ standings }) => cell(standings.filter((one) => one.round === round)),
      }),
    ),
  ]
}

function rate(table: Table, standings: readonly Standing[]): string {
  const shareOf = (one: Standing) => falseCount(one) / one.judged
  const worst = standings.reduce((a, b) => (shareOf(b) > shareOf(a) ? b : a))
  const pooled = table === 'network' ? standings : [worst]
  const [hits, trials] = [sum(pooled, falseCount), sum(pooled, (one) => one.judged)]
  const { lower, upper } = clopperPearson(hits, trials)
  return `${percent(hits / trials, 2)} (${percent(lower, 2)} to ${percent(upper, 2)})`
}

function falseCount({ falseDomains }: Standing): number {
  return falseDomains.length
}

function sum(standings: readonly Standing[], value: (one: Standing) => number): number {
  return standings.reduce((total, one) => total + value(one), 0)
}

function percent(share: number, decimals: number): string {
  return `${(100 * share).toFixed(decimals)} %`
}
