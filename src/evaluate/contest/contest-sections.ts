import { count, NOTHING, words } from '../cells.ts'
import { type Column, type Section, sectionOf } from '../section.ts'
import type { Contest } from './contest.ts'
import { ALLOWED, type Allowed, type Standing } from './standing.ts'

type Table = Standing['table']

/** A contestant's row of a table. */
interface Line {
  readonly table: Table
  readonly contestant: string
  readonly allowed: Allowed
  readonly standings: readonly Standing[]
}

const TITLE: Readonly<Record<Table, string>> = { tool: 'Leave one tool out', network: 'Leave one network out' }

const NOTES: Readonly<Record<Table, string>> = {
  tool: 'Everything that learns is trained without any capture of the tool, then judged on all of them, train and dev. False domains are those of the benign dev rows.',
  network:
    'Everything that learns is trained, and every line set, without any row of the network, then judged on all of its tunnels and all of its benign traffic. Networks without tunnels share one column; those of them that train are left out in two groups, by turns in order of name.',
}

/** The report: who finds what, at which price, and where the lines lay. */
export function contestSections(contest: Contest): Section[] {
  const tables = Object.keys(TITLE) as Table[]
  return [
    ...tables.flatMap((table) => ALLOWED.map((allowed) => recall(contest, table, allowed))),
    ...tables.flatMap((table) => ALLOWED.map((allowed) => falseAlarms(contest, table, allowed))),
    ...tables.flatMap((table) => ALLOWED.map((allowed) => lines(contest, table, allowed))),
    published(contest),
  ]
}

function linesOf({ names, standings }: Contest, table: Table, allowed: Allowed): Line[] {
  return names.map((contestant) => ({
    ...{ table, contestant, allowed },
    standings: standings.filter(
      (one) => one.table === table && one.contestant === contestant && one.allowed === allowed,
    ),
  }))
}

/** Rounds with tunnels, in order of name. */
function roundsOf({ standings }: Contest, table: Table): string[] {
  const own = standings.filter((one) => one.table === table && one.captures > 0)
  return [...new Set(own.map(({ round }) => round))].sort()
}

function recall(contest: Contest, table: Table, allowed: Allowed): Section {
  const found = (standings: readonly Standing[]) =>
    `${sum(standings, (one) => one.found)}/${sum(standings, (one) => one.captures)}`
  return sectionOf(
    {
      name: `contest-${table}-recall`,
      title: `${TITLE[table]}: captures found, ${allowed} false domains on tuning rows`,
      notes: [NOTES[table]],
    },
    linesOf(contest, table, allowed),
    [
      { title: 'detector', cell: ({ contestant }) => contestant },
      ...roundsOf(contest, table).map(
        (round): Column<Line> => ({
          title: round,
          numeric: true,
          cell: ({ standings }) => found(standings.filter((one) => one.round === round)),
        }),
      ),
      { title: 'all', numeric: true, cell: ({ standings }) => found(standings) },
      { title: 'recall', numeric: true, cell: ({ standings }) => percent(recallOf(standings)) },
    ],
  )
}

function falseAlarms(contest: Contest, table: Table, allowed: Allowed): Section {
  const rounds = roundsOf(contest, table).filter((round) =>
    contest.standings.some((one) => one.table === table && one.round === round && one.judged > 0),
  )
  const cell = (standings: readonly Standing[]) =>
    standings.length === 0 ? NOTHING : `${count(sum(standings, falseCount))}/${count(sum(standings, judgedCount))}`
  const others: Column<Line> = {
    title: 'without tunnels',
    numeric: true,
    cell: ({ standings }) => cell(standings.filter((one) => one.captures === 0)),
  }
  return sectionOf(
    {
      name: `contest-${table}-false`,
      title: `${TITLE[table]}: false domains, ${allowed} on tuning rows`,
      notes: [
        'Distinct benign domains past the line, of those judged. The rate is that of the worst column with its 95 % Clopper-Pearson bounds. Beside: other domains past the line in captures with tunnels.',
      ],
    },
    linesOf(contest, table, allowed),
    [
      { title: 'detector', cell: ({ contestant }) => contestant },
      ...rounds.map(
        (round): Column<Line> => ({
          title: round,
          numeric: true,
          cell: ({ standings }) => cell(standings.filter((one) => one.round === round)),
        }),
      ),
      ...(table === 'network' ? [others] : []),
      { title: 'worst rate', numeric: true, cell: ({ standings }) => worstRate(standings) },
      {
        title: 'beside',
        numeric: true,
        cell: ({ standings }) => count(new Set(standings.flatMap(({ beside }) => beside)).size),
      },
    ],
  )
}

function lines(contest: Contest, table: Table, allowed: Allowed): Section {
  return sectionOf(
    {
      name: `contest-${table}-lines`,
      title: `${TITLE[table]}: lines, ${allowed} false domains on tuning rows`,
      notes: [
        'What a domain has to score more than, in units of each detector: octets, names, ratios to a line of ours (fused: 1 and more is an alert), margins.',
      ],
    },
    linesOf(contest, table, allowed),
    [
      { title: 'detector', cell: ({ contestant }) => contestant },
      ...roundsOf(contest, table).map(
        (round): Column<Line> => ({
          title: round,
          numeric: true,
          cell: ({ standings }) => Number(standings.find((one) => one.round === round)!.line.toPrecision(3)).toString(),
        }),
      ),
    ],
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

function recallOf(standings: readonly Standing[]): number {
  return sum(standings, (one) => one.found) / sum(standings, (one) => one.captures)
}

function worstRate(standings: readonly Standing[]): string {
  const judged = standings.filter((one) => one.judged > 0)
  if (judged.length === 0) return NOTHING
  const rate = (one: Standing) => falseCount(one) / one.judged
  const worst = judged.reduce((a, b) => (rate(b) > rate(a) ? b : a))
  return `${percent(rate(worst))} (${percent(worst.falseRate.lower)} to ${percent(worst.falseRate.upper)})`
}

function falseCount({ falseDomains }: Standing): number {
  return falseDomains.length
}

function judgedCount({ judged }: Standing): number {
  return judged
}

function sum(standings: readonly Standing[], value: (one: Standing) => number): number {
  return standings.reduce((total, one) => total + value(one), 0)
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`
}
