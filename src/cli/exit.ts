/** Exit codes (DESIGN.md 5); 64 to 78 are those of BSD's sysexits.h. */
export const EXIT = {
  done: 0,
  other: 1,
  /** Findings at or above `--fail-on`. */
  findings: 2,
  usage: 64,
  /** No input could be read as anything known. */
  nothingRead: 65,
  io: 74,
  /** A model or setting that does not hold what it should. */
  configuration: 78,
  /** 128 and the number of the signal, as shells count. */
  interrupted: { SIGINT: 130, SIGTERM: 143 },
} as const

/** Ends the program with a code and one sentence on what to do; none where there is nothing left to say. */
export class ExitError extends Error {
  override readonly name = 'ExitError'
  readonly code: number

  constructor(code: number, sentence = '', options?: ErrorOptions) {
    super(sentence, options)
    this.code = code
  }
}
