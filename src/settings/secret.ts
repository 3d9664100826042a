import { readFileSync } from 'node:fs'
import type { Secret } from './schema.ts'
import { SettingsError } from './settings-error.ts'

/** A secret from where it lies, without the line end behind it. Throws {@link SettingsError}; the secret is in no sentence. */
export function readSecret({ file, env }: Secret, environment: NodeJS.ProcessEnv): string {
  if (env !== undefined) {
    const value = environment[env]
    if (!value) throw new SettingsError(`The environment has no ${env}, which is to hold a secret: set it.`)
    return value
  }
  return readText(file!).trimEnd()
}

/** A file that the configuration names. */
export function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new SettingsError(`${path}, named in the configuration, cannot be read (${(error as Error).message}).`)
  }
}
