import { vi } from 'vitest'
import { exitCodeOf, makeProgram } from '../../src/cli/program.ts'
import type { Said } from './run-cli.ts'

/**
 * Runs the program inside the test, as `main.ts` does: starting another process costs more than most verbs do. What stands
 * on standard output and error is caught; a verb that sets `process.exitCode` has it taken back.
 */
export async function runHere(words: readonly string[]): Promise<Said> {
  const said = { out: '', err: '' }
  const spies = ([process.stdout, process.stderr] as const).map((stream, i) =>
    vi.spyOn(stream, 'write').mockImplementation(((piece: string | Uint8Array, ...rest: unknown[]) => {
      said[i === 0 ? 'out' : 'err'] += typeof piece === 'string' ? piece : Buffer.from(piece).toString('utf8')
      for (const argument of rest) if (typeof argument === 'function') argument()
      return true
    }) as typeof stream.write),
  )
  const before = process.exitCode
  try {
    const program = await makeProgram(words)
    await program.parseAsync([...words], { from: 'user' })
    return { code: Number(process.exitCode ?? 0), ...said }
  } catch (error) {
    return { code: exitCodeOf(error, words), ...said }
  } finally {
    process.exitCode = before
    for (const spy of spies) spy.mockRestore()
  }
}
