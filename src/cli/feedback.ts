import { join } from 'node:path'
import { type Command, Option } from 'commander'
import { isIncidentId, VERDICTS, VerdictJournal, type VerdictWord } from '../adapt/verdict-journal.ts'
import { EXIT, ExitError } from './exit.ts'
import { nonEmpty } from './options.ts'
import { say } from './say.ts'

const EXAMPLES = `
Examples:
  wakeful feedback d4d9e922bdc2bddd --verdict malicious --state state
  wakeful feedback d4d9e922bdc2bddd --verdict benign --by anna --state state   the last word counts

Exit: 0 done; 64 wrong usage; 74 the journal could not be written; 1 anything else.`

/** `wakeful feedback`: what a person says of an incident, for models to learn from. */
export function addFeedback(command: Command): void {
  command
    .description(
      'Writes what you say of an incident to the journal of verdicts in the state folder. Nothing is ever taken out of it: a later verdict on the same incident stands in place of the earlier.',
    )
    .argument('<incident>', 'id of the incident: 16 digits, as in every output')
    .addOption(new Option('--verdict <verdict>', 'what it was').choices(VERDICTS).makeOptionMandatory())
    .requiredOption('--state <folder>', 'state folder of the workers', nonEmpty)
    .option('--by <name>', 'who says so', nonEmpty, '')
    .addHelpText('after', EXAMPLES)
    .action((incident: string, options: { verdict: VerdictWord; state: string; by: string }) => {
      if (!isIncidentId(incident)) {
        throw new ExitError(EXIT.usage, 'An incident is named by its id: the 16 digits behind "id" in every output.')
      }
      const { verdict, state, by } = options
      new VerdictJournal(verdictsIn(state)).append({ incident, verdict, at: new Date().toISOString(), by })
      say(`${incident} is ${verdict}.`)
    })
}

/** Where a state folder keeps its verdicts. */
export function verdictsIn(state: string): string {
  return join(state, 'verdicts.ndjson')
}
