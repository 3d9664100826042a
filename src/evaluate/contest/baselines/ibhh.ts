import type { Baseline } from './baseline.ts'
import { WeightedSketch } from './weighted-sketch.ts'

const WINDOW_MS = 120_000

/**
 * Information-based heavy hitters: unique prefix octets of a domain in windows of two minutes, by a weighted
 * HyperLogLog; a domain counts with its highest window. Better than published in two ways: pieces are salted by their
 * index (800 distinct three-digit names count to 2,400 and not half of it), and case is folded, so that a resolver that
 * randomises it makes no new names. Windows lie at whole multiples of two minutes. The cache of a thousand domains is
 * left out: no file here fills it. Allow-lists are left out too, for everybody.
 *
 * Source: Özery, Nadler and Shabtai, NDSS 2024, arXiv 2307.02614, and the window of its released configuration.
 */
export const ibhh: Baseline = {
  name: 'ibhh',
  learns: 'nothing',
  fit: () => (sighting) => {
    const windows = new Map<number, Set<number>>()
    for (const [i, prefix] of sighting.asked.entries()) {
      const window = Math.floor(sighting.times[i] / WINDOW_MS)
      const names = windows.get(window) ?? new Set()
      windows.set(window, names.add(prefix))
    }
    let highest = 0
    for (const names of windows.values()) {
      const sketch = new WeightedSketch()
      for (const prefix of names) sketch.add(Buffer.from(sighting.prefixes[prefix], 'latin1'))
      highest = Math.max(highest, sketch.estimate())
    }
    return highest
  },
}
