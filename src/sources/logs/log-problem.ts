import { countMalformed } from '../input-counts.ts'
import type { InputCounts } from '../source.ts'

/** Reasons a line of a log was not, or not wholly, read: the keys under `malformed` in `--stats`. */
export type LogProblem =
  | 'line-too-long' // past LINE_OCTETS_MAX; skipped
  | 'header-missing' // a Zeek log without #fields; its usual columns were assumed
  | 'header-invalid' // a directive that says nothing we can follow; ignored
  | 'columns-missing' // fewer cells than columns, as in a line that was cut; skipped
  | 'columns-excess' // more cells than columns; read as far as columns go
  | 'time-invalid' // no time where the input has times; skipped
  | 'address-invalid' // the row stays, without that address
  | 'name-invalid' // a label or name too long for DNS, or not a name at all; skipped
  | 'name-ambiguous' // dots inside labels that the log wrote like dots between them; kept as read
  | 'name-unprintable' // a server that shows no name with octets beyond ASCII: a query, and nothing to book
  | 'answers-excess' // more answers than are kept; the first ones count
  | 'json-invalid' // not one JSON object; skipped
  | 'json-depth' // nested deeper than JSON_DEPTH_MAX; skipped
  | 'quote-invalid' // a quote that is not closed as RFC 4180 says; read as an ordinary character

/** Counts a line that has the problem. */
export function countProblem(counts: InputCounts, problem: LogProblem): void {
  countMalformed(counts, problem)
}
