import { join } from 'node:path'
import type { Settings } from '../../settings/schema.ts'
import { readSecret } from '../../settings/secret.ts'
import { SettingsError } from '../../settings/settings-error.ts'
import { Tokens } from '../tokens.ts'

/** A token that people can guess is none. */
const TOKEN_LENGTH_MIN = 24

/** The tokens kept in a journal's folder, and those of the configuration. Throws {@link SettingsError}. */
export function makeTokens(settings: Settings, folder: string, environment: NodeJS.ProcessEnv, nowMs: number): Tokens {
  const path = join(folder, 'tokens.json')
  const tokens = openTokens(path)
  for (const { name, role, token } of settings.tokens) {
    const text = readSecret(token, environment)
    if (text.length < TOKEN_LENGTH_MIN || !/^[\w-]{1,128}$/.test(text)) {
      throw new SettingsError(
        `The token ${name} has to be ${TOKEN_LENGTH_MIN} to 128 letters, digits, _ and -: make one with openssl rand -hex 32.`,
      )
    }
    tokens.give(name, role, text, nowMs)
  }
  return tokens
}

function openTokens(path: string): Tokens {
  try {
    return new Tokens(path)
  } catch (error) {
    const [first] = (error as Error).message.split('\n')
    throw new SettingsError(
      `${path} does not hold what it should (${first}): put its backup back, or remove it and start again for a new token.`,
    )
  }
}
