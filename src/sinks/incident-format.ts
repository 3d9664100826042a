import type { Incident } from '../detect/incident.ts'

/** What a run read: what a reader needs to know beside the incidents. */
export interface ReadSummary {
  /** Inputs of which something was read. */
  readonly inputs: number
  readonly rows: number
  /** Labels of inputs without time, in which volume cannot be judged. */
  readonly untimed: readonly string[]
}

/** How text is laid out; formats for machines have no use for it. */
export interface Layout {
  readonly columns: number
  readonly colour: boolean
}

/**
 * A way to write incidents. Pure: the same incidents, summary and layout give the same text, and nothing in an incident
 * can leave its line, cell or string, whatever its names, file names or reasons hold.
 */
export interface IncidentFormat {
  readonly name: string
  /** The whole output in pieces that end with a line end, so that a slow reader is not waited for in memory. */
  write(incidents: readonly Incident[], summary: ReadSummary, layout: Layout): Iterable<string>
}
