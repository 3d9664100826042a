import type { Command } from 'commander'
import { defaultSettings, readSettings } from '../../settings/read-settings.ts'
import type { Settings } from '../../settings/schema.ts'
import { SettingsError } from '../../settings/settings-error.ts'
import type { WatchOptions } from '../watch-options.ts'

const ADDRESS = /^(?:\[([0-9a-f:.]+)\]|([^:[\]]+)):(\d{1,5})$/i

/** The configuration, with what was said on the command line in place of what it says. Throws {@link SettingsError}. */
export function serviceSettings(options: WatchOptions, command: Command): Settings {
  const settings = options.config === undefined ? defaultSettings() : readSettings(options.config)
  const said = (name: string) => command.getOptionValueSource(name) === 'cli'
  const { from, journal, listen, name, model, learn } = options
  return {
    ...settings,
    ...(from.length > 0 ? { sources: [...from] } : {}),
    ...(journal === undefined ? {} : { journal }),
    ...(listen === undefined ? {} : { listen: { ...settings.listen, ...addressOf(listen) } }),
    ...(said('name') ? { name } : {}),
    ...(model === undefined ? {} : { model }),
    ...(learn === undefined ? {} : { learn: true }),
  }
}

function addressOf(text: string): { host: string; port: number } {
  const [, six, host = six, port] = ADDRESS.exec(text) ?? []
  if (port === undefined || Number(port) > 65_535) {
    throw new SettingsError(`${text} is no address to listen on: name HOST:PORT, as in 127.0.0.1:8053.`)
  }
  return { host, port: Number(port) }
}
