import { printable } from '../sinks/printable.ts'

/** One sentence to the person, on standard error: standard output holds results only. */
export function say(sentence: string): void {
  process.stderr.write(`wakeful: ${printable(sentence)}\n`)
}
