import { expect, it } from 'vitest'
import { rowOf } from './sighting.testing.ts'
import { planTrials } from './trial.ts'

const attack = (family: string, network: string, split: string) =>
  rowOf({ file: `${family}-${network}-${split}`, label: 'attack', family, network, split, domains: ['t.test'] })
const benign = (network: string, split: string) => rowOf({ file: `${network}-${split}`, network, split })

const ROWS = [
  attack('iodine', 'lab', 'train'),
  attack('iodine', 'lab', 'dev'),
  attack('dnscat2 plain', 'lab', 'train'),
  attack('hex exfil', 'ctf', 'dev'),
  benign('lab', 'train'),
  ...['a', 'b', 'c'].map((network) => benign(network, 'train')),
  benign('home', 'dev'),
]

it('judges every tool and every network once', () => {
  const rounds = planTrials(ROWS).flatMap((trial) => trial.rounds)
  const of = (table: string) => rounds.filter((round) => round.table === table).map(({ name }) => name)
  expect(of('tool').sort()).toEqual(['dnscat2', 'hex exfil', 'iodine'])
  expect(of('network').sort()).toEqual(['a', 'b', 'c', 'ctf', 'home', 'lab'])
})

it('never trains on what it judges', () => {
  for (const { leftOut, training, rounds } of planTrials(ROWS)) {
    const judged = rounds.flatMap(({ tunnels, benign: own }) => [...tunnels, ...own])
    expect(training.filter((row) => judged.includes(row))).toEqual([])
    expect(training.every(({ split }) => split === 'train')).toBe(true)
    // The shipped model may stand in only where nothing had to be left out.
    if (leftOut === undefined) expect(training).toEqual(ROWS.filter(({ split }) => split === 'train'))
    else expect(training.length).toBeLessThan(ROWS.filter(({ split }) => split === 'train').length)
  }
})

it('judges a tool on its train and dev captures and on benign dev rows', () => {
  const [iodine] = planTrials(ROWS)
    .flatMap(({ rounds }) => rounds)
    .filter(({ name }) => name === 'iodine')
  expect(iodine.tunnels.map(({ file }) => file)).toEqual(['iodine-lab-train', 'iodine-lab-dev'])
  expect(iodine.benign.map(({ file }) => file)).toEqual(['home-dev'])
})

it('shares trainings: none for what trained nothing, two for all networks without tunnels', () => {
  const trials = planTrials(ROWS).map(({ leftOut, rounds }) => [leftOut, rounds.map(({ name }) => name)])
  expect(trials).toEqual([
    [undefined, ['hex exfil', 'ctf', 'home']],
    [{ tool: 'dnscat2' }, ['dnscat2']],
    [{ tool: 'iodine' }, ['iodine']],
    [{ networks: ['lab'] }, ['lab']],
    [{ networks: ['a', 'c'] }, ['a', 'c']],
    [{ networks: ['b'] }, ['b']],
  ])
})
