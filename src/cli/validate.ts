import type { Command } from 'commander'
import { checkListen } from '../serve/listen.ts'
import { readSettings } from '../settings/read-settings.ts'
import { SettingsError } from '../settings/settings-error.ts'
import { EXIT, ExitError } from './exit.ts'
import { livePlaces } from './live-places.ts'
import { nonEmpty } from './options.ts'
import { writeOut } from './output.ts'

const EXAMPLES = `
Examples:
  wakeful validate -c wakeful.yaml
  wakeful validate -c wakeful.yaml --print | less      the whole of it, with what is left unsaid

Exit: 0 it can be used; 78 it cannot, with every reason on a line; 64 wrong usage; 1 anything else.`

/** `wakeful validate`: a configuration, looked at before it is used. */
export function addValidate(command: Command): void {
  command
    .description(
      'Checks the configuration of a service: an unknown key is an error, and the nearest known one is named.',
    )
    .requiredOption('-c, --config <file>', 'the configuration, in YAML', nonEmpty)
    .option('--print', 'print it as JSON, with every default')
    .addHelpText('after', EXAMPLES)
    .action(async ({ config, print }: { config: string; print?: true }) => {
      try {
        const settings = readSettings(config)
        checkListen(settings.listen)
        livePlaces(settings.sources)
        await writeOut([print ? `${JSON.stringify(settings, null, 2)}\n` : `${config} can be used.\n`])
      } catch (error) {
        if (!(error instanceof SettingsError)) throw error
        throw new ExitError(EXIT.configuration, error.message, { cause: error })
      }
    })
}
