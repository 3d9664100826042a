import { homedir } from 'node:os'
import { join } from 'node:path'

/** Where a service keeps what it knows: what it is told, else systemd's place, else the user's own (XDG base directories). */
export function journalFolder(named: string | undefined, environment: NodeJS.ProcessEnv): string {
  if (named !== undefined) return named
  // systemd gives several, with colons between, where a unit asks for several.
  const [ofUnit] = environment.STATE_DIRECTORY?.split(':') ?? []
  if (ofUnit) return ofUnit
  return join(environment.XDG_STATE_HOME || join(homedir(), '.local', 'state'), 'wakeful')
}
