import type { ByteContexts } from './byte-contexts.ts'
import { CODE_UNIT, END, SYMBOLS } from './byte-language-model.ts'
import type { CountedSymbols } from './context-counts.ts'

/** Code length of a symbol after a context, in the orders below. */
export type LowerCode = (context: number, symbol: number) => number

export interface OrderEstimate {
  readonly mask: number
  readonly contexts: ByteContexts
  /** Code by context * SYMBOLS + symbol, and what backing off costs by context: the same, for looking up. */
  readonly codes: ReadonlyMap<number, number>
  readonly backoffs: ReadonlyMap<number, number>
}

export interface Pruning {
  /** Contexts of a smaller summed weight are dropped. */
  readonly contextWeightMin: number
  /** Contexts kept, at most: the heaviest. */
  readonly contextsMax: number
  /** Pairs of context and symbol kept, at most: those that save the most bits. */
  readonly pairsMax: number
}

interface Context {
  total: number
  readonly symbols: Map<number, number>
}

interface Candidate {
  readonly context: number
  readonly symbol: number
  readonly weight: number
  readonly probability: number
  readonly lower: number
  /** Bits the training set would cost more without this entry. */
  readonly saving: number
}

/** Order 0: Witten-Bell over the uniform 1/257, for every symbol. */
export function estimateOrder0(counted: CountedSymbols): Uint16Array {
  const all = contextsOf(counted, 0).get(0) ?? { total: 0, symbols: new Map() }
  const kinds = Math.max(1, all.symbols.size)
  return Uint16Array.from({ length: SYMBOLS }, (_, symbol) =>
    codeOf(((all.symbols.get(symbol) ?? 0) + kinds / SYMBOLS) / (all.total + kinds)),
  )
}

/**
 * Interpolated Witten-Bell for one order, written as back-off: a seen symbol keeps its whole interpolated code, an
 * unseen one pays the back-off code and its code in the next shorter context. Both say the same, and the second is
 * one look-up. Pruned symbols hand their weight to the back-off, so that the code stays proper; every code length is
 * rounded up, so that it does to the last digit.
 */
export function estimateOrder(
  counted: CountedSymbols,
  order: number,
  lower: LowerCode,
  { contextWeightMin = 0, contextsMax = Infinity, pairsMax = Infinity }: Partial<Pruning>,
): OrderEstimate {
  const contexts = contextsOf(counted, order)
  const heavy = [...contexts].filter(([, { total }]) => total >= contextWeightMin)
  if (heavy.length > contextsMax) heavy.sort(([a, x], [b, y]) => y.total - x.total || a - b).splice(contextsMax)
  let kept: Candidate[] = []
  for (const [context, { total, symbols }] of heavy) {
    const kinds = symbols.size
    for (const [symbol, weight] of symbols) {
      const below = 2 ** (-lower(context, symbol) / CODE_UNIT)
      const probability = (weight + kinds * below) / (total + kinds)
      const saving = weight * Math.log2(probability / ((kinds / (total + kinds)) * below))
      kept.push({ context, symbol, weight, probability, lower: below, saving })
    }
  }
  if (kept.length > pairsMax) kept = kept.sort((a, b) => b.saving - a.saving || keyOf(a) - keyOf(b)).slice(0, pairsMax)
  kept.sort((a, b) => keyOf(a) - keyOf(b))
  return arrange(kept, contexts, 256 ** order - 1)
}

function arrange(kept: readonly Candidate[], contexts: ReadonlyMap<number, Context>, mask: number): OrderEstimate {
  const lists = { contexts: [], backoffs: [], ends: [], counts: [], octets: [], codes: [] } as Record<string, number[]>
  const codes = new Map<number, number>()
  const backoffs = new Map<number, number>()
  for (let first = 0, next = 0; first < kept.length; first = next) {
    const { context } = kept[first]
    while (next < kept.length && kept[next].context === context) next++
    const group = kept.slice(first, next)
    const octets = group.filter(({ symbol }) => symbol !== END)
    const end = group.find(({ symbol }) => symbol === END)
    const backoff = backoffOf(group, contexts.get(context)!)
    for (const candidate of group) codes.set(keyOf(candidate), codeOf(candidate.probability))
    backoffs.set(context, backoff)
    lists.contexts.push(context)
    lists.backoffs.push(backoff)
    lists.ends.push(end === undefined ? 0 : codeOf(end.probability))
    lists.counts.push(octets.length)
    lists.octets.push(...octets.map(({ symbol }) => symbol))
    lists.codes.push(...octets.map(({ probability }) => codeOf(probability)))
  }
  return {
    mask,
    codes,
    backoffs,
    contexts: {
      contexts: Uint32Array.from(lists.contexts),
      backoffs: Uint16Array.from(lists.backoffs),
      ends: Uint16Array.from(lists.ends),
      counts: Uint16Array.from(lists.counts),
      octets: Uint8Array.from(lists.octets),
      codes: Uint16Array.from(lists.codes),
    },
  }
}

/** Code for leaving a context: Witten-Bell's share for the unseen, and the weight of what was pruned. */
function backoffOf(group: readonly Candidate[], { total, symbols }: Context): number {
  const kinds = symbols.size
  let pruned = total
  let unseen = 1
  for (const { weight, lower } of group) {
    pruned -= weight
    unseen -= lower
  }
  const share = (kinds + (group.length < kinds ? pruned / Math.max(unseen, 1e-9) : 0)) / (total + kinds)
  return share >= 1 ? 0 : codeOf(share)
}

function contextsOf({ contexts, symbols, weights }: CountedSymbols, order: number): Map<number, Context> {
  const mask = 256 ** order - 1
  const found = new Map<number, Context>()
  for (let i = 0; i < weights.length; i++) {
    const own = contexts[i] & mask
    let context = found.get(own)
    if (context === undefined) found.set(own, (context = { total: 0, symbols: new Map() }))
    context.total += weights[i]
    context.symbols.set(symbols[i], (context.symbols.get(symbols[i]) ?? 0) + weights[i])
  }
  return found
}

function keyOf({ context, symbol }: Candidate): number {
  return context * SYMBOLS + symbol
}

/** Probability to code length, rounded up, within what 16 bits hold: 64 bits less one unit. */
function codeOf(probability: number): number {
  return Math.min(65_535, Math.max(1, Math.ceil(-Math.log2(probability) * CODE_UNIT)))
}
