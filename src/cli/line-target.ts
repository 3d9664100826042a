import { open } from 'node:fs/promises'
import type { LineTarget } from '../pipeline/stream/line-output.ts'
import { EXIT, ExitError } from './exit.ts'
import { writeOut } from './output.ts'

/** Standard output, or a file that lines are appended to. */
export function appendedLines(path: string): LineTarget {
  if (path === '-') return { write: (text) => writeOut([text]), close: async () => {} }
  const opened = open(path, 'a').catch((cause: Error) => {
    throw new ExitError(
      EXIT.io,
      `${path} cannot be written (${cause.message}): name a file in a folder you may write to.`,
      { cause },
    )
  })
  // Told where it is first written to.
  opened.catch(() => {})
  return {
    write: async (text) => {
      const file = await opened
      await file.appendFile(text)
    },
    close: async () => {
      const file = await opened
      await file.close()
    },
  }
}
