import { EXIT, ExitError } from './exit.ts'

/**
 * Writes results to standard output. A reader that has enough (`| head`) closes its end: that is no error, and what is
 * left is not written. Anything else that stops the writing ends the program with one sentence.
 */
export async function writeOut(pieces: Iterable<string> | AsyncIterable<string>): Promise<void> {
  for await (const piece of pieces) {
    const error = await new Promise<NodeJS.ErrnoException | null | undefined>((resolve) => {
      process.stdout.write(piece, resolve)
    })
    if (!error) continue
    if (isClosed(error)) return
    throw new ExitError(
      EXIT.io,
      `Standard output cannot be written (${error.message}): make room or choose another place.`,
    )
  }
}

/** Keeps a closed standard output or error from ending the process by an unheard event; {@link writeOut} sees to it. */
export function toleratePipes(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
}

/** EPIPE on POSIX, EOF on Windows; a stream that failed once says that it is destroyed. */
function isClosed(error: NodeJS.ErrnoException): boolean {
  return ['EPIPE', 'EOF', 'ERR_STREAM_DESTROYED'].includes(error.code ?? '')
}
