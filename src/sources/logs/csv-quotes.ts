const QUOTE = 0x22
const CR = 0x0d
const LF = 0x0a

/** Lines a quoted cell may span. More is a quote that was never meant to open a cell. */
export const QUOTED_LINES_MAX = 16

/** {@link quoteEnd}: the octets end inside the cell. */
export const QUOTE_OPEN = -1
/** {@link quoteEnd}: a quote that opens no cell, since what follows it is not as RFC 4180 2 says. */
export const QUOTE_INVALID = -2

/**
 * Where the quoted cell that opens at `start` ends (behind its closing quote), or one of the two above.
 *
 * The closing quote must stand before a separator, a line end or the end: a name that begins with a quote, in a table
 * written without quoting, must not swallow the rows behind it.
 */
export function quoteEnd(bytes: Uint8Array, start: number, end: number, separator: number): number {
  let lines = 0
  for (let i = start + 1; i < end; i++) {
    if (bytes[i] === LF && ++lines >= QUOTED_LINES_MAX) return QUOTE_INVALID
    if (bytes[i] !== QUOTE) continue
    if (i + 1 === end) return end
    const next = bytes[i + 1]
    if (next === QUOTE) i++
    else return next === separator || next === LF || next === CR ? i + 1 : QUOTE_INVALID
  }
  return QUOTE_OPEN
}

/**
 * Copies a quoted cell without its quotes, doubled quotes as one, and returns the length; `out` needs room for as
 * many octets as there are.
 */
export function unquote(bytes: Uint8Array, start: number, end: number, out: Uint8Array): number {
  let to = 0
  for (let i = start + 1; i < end - 1; i++) {
    out[to++] = bytes[i]
    if (bytes[i] === QUOTE) i++
  }
  return to
}
