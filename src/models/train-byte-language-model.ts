import { ByteLanguageModel, END, nextContext, SYMBOLS } from './byte-language-model.ts'
import { ContextCounts } from './context-counts.ts'
import { estimateOrder, estimateOrder0, type OrderEstimate, type Pruning } from './witten-bell.ts'

/** What is dropped from order 3, to keep the file small; the next shorter context then speaks for it. */
export type ByteLanguageModelOptions = Partial<Pruning>

/**
 * Collects byte strings and builds a {@link ByteLanguageModel}. Weights are counts: with all weights at 0.01 the model
 * believes it has seen little and spreads its bets (Witten-Bell compares weight with the number of kinds seen).
 * About 50 ns an octet to add; memory grows with distinct contexts, not with strings. Pruned to its defaults a file
 * stays under 1.1 MB.
 */
export class ByteLanguageModelTrainer {
  readonly #counts = new ContextCounts()

  add(bytes: Uint8Array, weight = 1, start = 0, end = bytes.length): void {
    if (!(weight > 0 && weight < 2 ** 40)) throw new RangeError(`weight ${weight} is not between 0 and 2^40`)
    let context = 0
    for (let i = start; i < end; i++) {
      this.#counts.add(context, bytes[i], weight)
      context = nextContext(context, bytes[i])
    }
    this.#counts.add(context, END, weight)
  }

  /** Deterministic, whatever the order in which strings of whole weights were added. */
  build(options: ByteLanguageModelOptions = {}): ByteLanguageModel {
    const { contextWeightMin = 0, contextsMax = 40_000, pairsMax = 200_000 } = options
    const entries = this.#counts.sorted()
    const order0 = estimateOrder0(entries)
    const codes0 = (_context: number, symbol: number) => order0[symbol]
    const order1 = estimateOrder(entries, 1, codes0, {})
    const order2 = estimateOrder(entries, 2, chained(order1, codes0), {})
    const lower = chained(order2, chained(order1, codes0))
    const order3 = estimateOrder(entries, 3, lower, { contextWeightMin, contextsMax, pairsMax })
    return new ByteLanguageModel(order0, [order1.contexts, order2.contexts, order3.contexts])
  }
}

/** Code lengths of one order, backing off to `lower`: what the next longer order mixes with. */
function chained(order: OrderEstimate, lower: (context: number, symbol: number) => number) {
  return (context: number, symbol: number): number => {
    const own = context & order.mask
    return order.codes.get(own * SYMBOLS + symbol) ?? (order.backoffs.get(own) ?? 0) + lower(context, symbol)
  }
}
