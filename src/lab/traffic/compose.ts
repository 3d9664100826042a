import { createRandom, randomInteger } from '../../stats/random.ts'
import { pick } from '../noise.ts'
import { benignQuestions } from './benign.ts'
import type { TrafficExchange } from './exchange.ts'
import { PlanError, type TrafficPlan } from './plan.ts'
import { encodersOf, STYLE_NAMES } from './styles.ts'
import { makeTransfer } from './transfer.ts'

const MINUTE_MS = 60_000
/** A benign question comes so long after the one of a transfer whose clock and client it shares, on average. */
const NEAR_MS = 20_000
/** Benign questions where there is no transfer, a minute and client. */
const ALONE_A_MINUTE = 20
/** A transfer takes at least this share of the capture. */
const SHARE_MIN = 0.2

/**
 * All exchanges of a plan in order of time. Benign questions are drawn at the clock and the client of transfers' questions, so that
 * neither says which class a packet is of; what tells them apart is what they ask.
 */
export function composeTraffic(plan: TrafficPlan): TrafficExchange[] {
  const random = createRandom(plan.seed)
  const endMs = plan.startMs + plan.minutes * MINUTE_MS
  const attack = makeTransfers(plan, endMs, random)
  const benign = plan.benign === 'none' ? [] : makeBenign(plan, attack, endMs, random)
  // Sorting is stable, and the order before it is the plan's.
  return [...attack, ...benign].sort((a, b) => a.timeMs - b.timeMs)
}

function makeTransfers(plan: TrafficPlan, endMs: number, random: () => number): TrafficExchange[] {
  const { styles, transfers, clients, hosts, startMs, direction } = plan
  const orders = styles.flatMap((style) => Array.from({ length: transfers }, (_, nth) => ({ style, nth })))
  const first = randomInteger(random, clients)
  return orders.flatMap(({ style, nth }, i) => {
    const known = encodersOf(style)
    if (!known) {
      throw new PlanError(`There is no style ${style}: the styles are ${STYLE_NAMES.join(', ')}.`)
    }
    // From start to end one after the other, so that no part of the capture is without one.
    const latest = endMs - SHARE_MIN * (endMs - startMs)
    const begins = startMs + ((i + random()) / orders.length) * (latest - startMs)
    const order = {
      ...{ id: `${style}-${nth + 1}`, style, encoder: known[nth % known.length], startMs: begins },
      endMs: begins + (SHARE_MIN + random() * (1 - SHARE_MIN)) * (endMs - begins),
      clients: Array.from({ length: Math.min(hosts, clients) }, (_, host) => (first + i + host) % clients),
      down: direction === 'down' || (direction === 'both' && nth % 2 === 1),
    }
    return makeTransfer(order, plan, random)
  })
}

function makeBenign(
  plan: TrafficPlan,
  attack: readonly TrafficExchange[],
  endMs: number,
  random: () => number,
): TrafficExchange[] {
  const { clients, benignRatio, minutes, startMs } = plan
  const ask = benignQuestions(plan, random)
  const count =
    attack.length > 0 ? Math.ceil(attack.length * benignRatio) : Math.ceil(clients * minutes * ALONE_A_MINUTE)
  return Array.from({ length: count }, () => {
    const draft = ask()
    if (attack.length === 0) {
      return { timeMs: startMs + random() * (endMs - startMs), client: randomInteger(random, clients), ...draft }
    }
    const { timeMs, client } = pick(random, attack)
    // Either side, so that a capture neither begins nor ends with one class.
    const away = -Math.log(1 - random()) * NEAR_MS * (random() < 0.5 ? -1 : 1)
    const near = timeMs + away
    return { timeMs: near < startMs || near >= endMs ? timeMs : near, client, ...draft }
  })
}
