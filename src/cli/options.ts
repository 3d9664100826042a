import { type Command, InvalidArgumentError, Option } from 'commander'
import { RESPONSE_WAIT_MS } from '../pipeline/scan.ts'
import { INPUT_TYPES, type InputType } from '../sources/inputs/input-type.ts'
import type { SourceOptions } from '../sources/source.ts'

/** What every verb that reads traffic understands. */
export interface ReadOptions {
  readonly type?: InputType
  readonly column?: string
  readonly port: readonly number[]
  readonly model?: string
}

/** Adds the inputs and {@link ReadOptions} to a verb. */
export function addReadOptions(command: Command): Command {
  return command
    .argument('<input...>', 'captures, logs or lists of names; folders with all that is in them; - for standard input')
    .addOption(new Option('--type <type>', 'what the inputs are, whatever they look like').choices(INPUT_TYPES))
    .option('--column <name>', 'column of the names in CSV files', nonEmpty)
    .option('--port <n>', 'port that carries DNS besides 53, 5353 and 5355; may be given again', addPort, [])
    .option(
      '--model <path>',
      'model folder made by wakeful train, instead of the one that ships; or a file made by train --model, for one arm of it',
      nonEmpty,
    )
}

/** How sources read, from what the user said. */
export function sourceOptions({ port, column }: ReadOptions): SourceOptions {
  return { ports: port, responseWaitMs: RESPONSE_WAIT_MS, ...(column === undefined ? {} : { column }) }
}

/** A value that says something: an empty one is a variable that was not set. */
export function nonEmpty(value: string): string {
  if (value.trim() === '') throw new InvalidArgumentError('It is empty.')
  return value
}

function addPort(value: string, before: readonly number[]): readonly number[] {
  const port = /^\d{1,5}$/.test(value) ? Number(value) : 0
  if (port < 1 || port > 65_535) throw new InvalidArgumentError('A port is a number from 1 to 65535.')
  return [...before, port]
}
