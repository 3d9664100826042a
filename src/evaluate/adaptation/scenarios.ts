/** Hours of a stream before the drift, whose rows are all labelled, and after it. */
export const WARM_UP_MS = 24 * 3_600_000
export const AFTER_MS = 72 * 3_600_000
/** Tunnels before and after; fewer where there are none left. */
export const TUNNELS_BEFORE = 12
export const TUNNELS_AFTER = 12

/** Which tunnels of a scenario are asked where. */
export interface Scenario {
  readonly name: 'D0' | 'D1' | 'D2' | 'D3' | 'D4' | 'D5' | 'D6'
  readonly title: string
  /** Pools of tunnels before and after; `new` is the tool that the ordering leaves out before. */
  readonly before: 'all' | 'old' | 'base32'
  readonly after: 'all' | 'new' | 'words' | 'slower' | 'new-then-old'
  /** New tunnels do not begin at once, but more and more over the first fifth. */
  readonly gradual: boolean
  /** Benign services that nobody asked before. */
  readonly newServices: boolean
}

/**
 * Drift as it may come (papers.md 3.1), written down before any test seed was run. `old` are all tools but one, `new` is that one,
 * in turn; no tunnel, benign domain or service stands on both sides.
 */
export const SCENARIOS: readonly Scenario[] = [
  { name: 'D0', title: 'no drift', before: 'all', after: 'all', gradual: false, newServices: false },
  { name: 'D1', title: 'a new tool', before: 'old', after: 'new', gradual: false, newServices: false },
  { name: 'D2', title: 'base32 becomes words', before: 'base32', after: 'words', gradual: false, newServices: false },
  { name: 'D3', title: 'new benign services', before: 'all', after: 'all', gradual: false, newServices: true },
  { name: 'D4', title: 'ten times slower', before: 'all', after: 'slower', gradual: false, newServices: false },
  { name: 'D5', title: 'a new tool, by and by', before: 'old', after: 'new', gradual: true, newServices: false },
  {
    name: 'D6',
    title: 'a new tool, then the old ones again',
    before: 'old',
    after: 'new-then-old',
    gradual: false,
    newServices: false,
  },
]

/** Orderings that settings were chosen on, and those that are reported; the second were never run before. */
export const DEVELOPMENT_SEEDS: readonly number[] = [9001, 9002, 9003]
export const TEST_SEEDS: readonly number[] = Array.from({ length: 20 }, (_, i) => 101 + i)
