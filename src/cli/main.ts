#!/usr/bin/env node
import { EXIT, ExitError } from './exit.ts'
import { toleratePipes } from './output.ts'
import { exitCodeOf, makeProgram } from './program.ts'

toleratePipes()
const words = process.argv.slice(2)
try {
  const program = await makeProgram(words)
  await program.parseAsync(words, { from: 'user' })
} catch (error) {
  process.exitCode = exitCodeOf(error, words)
  // Work that was left behind may still wait for a pipe and keep the process alive.
  if (error instanceof ExitError && Object.values<number>(EXIT.interrupted).includes(error.code)) process.exit()
}
