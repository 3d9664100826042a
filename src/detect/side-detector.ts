import type { DomainState } from './domain-state.ts'

/** What a side detector reads of a domain. */
export interface SideReading {
  /** 0 or more; the fusion weighs it as it weighs the ratios of the detectors to their lines. */
  readonly ratio: number
  /** One sentence for the evidence. */
  readonly reason: string
}

/**
 * A detector that never alerts by itself: it adds to the score of what the others found, and says what it saw. It reads a domain when
 * somebody asks, never in the loop over rows, so that it costs nothing where nothing is told.
 */
export interface SideDetector {
  readonly name: string
  /** Undefined where the domain left it nothing to read. */
  read(state: DomainState): SideReading | undefined
}

/** Names of the side detectors there are: who shows them must not speak of a line. */
export const SIDE_NAMES: readonly string[] = ['packets', 'flows']
