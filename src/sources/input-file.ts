/** A file (or standard input) that was found, not yet read. */
export interface InputFile {
  /** Rank among the observation's inputs, sorted by label then path: the tie-break for rows of equal time. */
  readonly index: number
  /** The path below the argument that named it, `-` for standard input: what users see as `source`. */
  readonly label: string
  readonly path: string
  /** When the content was last written, milliseconds since 1970, for times that name no year; now, where it comes through a pipe. */
  readonly writtenMs?: number | undefined
  /**
   * Content in chunks, gunzipped where it was gzip (by magic, not by name). May be called more than once for files.
   * Throws {@link InputError} with one sentence where the file cannot be opened; content that breaks off in the middle
   * (truncated gzip, a gzip bomb past the cap) ends the iteration and is reported by `onFailure`.
   */
  chunks(onFailure: (sentence: string) => void): AsyncIterable<Uint8Array>
}

/** An input that cannot be read at all; the message is one sentence for the user. */
export class InputError extends Error {
  override readonly name = 'InputError'
}
