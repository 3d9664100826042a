import { readFileSync } from 'node:fs'
import { LineCounter, parseDocument } from 'yaml'
import { z } from 'zod'
import { nearestWord } from './nearest-word.ts'
import { type Settings, SettingsSchema } from './schema.ts'
import { SettingsError } from './settings-error.ts'

/** Octets of a configuration; YAML grows by its aliases, and those have a limit of their own. */
const FILE_OCTETS_MAX = 1 << 15
const ALIASES_MAX = 100
/** Unknown keys of one place, and problems, that are told: a person mends a few at a time. */
const KEYS_TOLD_MAX = 10
const PROBLEMS_TOLD_MAX = 50

/** What stands where nobody says anything else. */
export function defaultSettings(): Settings {
  return SettingsSchema.parse({})
}

/** Reads and checks a configuration. Throws {@link SettingsError} with every problem, a line each. */
export function readSettings(path: string): Settings {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    throw new SettingsError(
      `${path} cannot be read (${(error as Error).message}): name the configuration with -c FILE.`,
    )
  }
  return parseSettings(text, path)
}

/** As {@link readSettings}, from the text; `name` is what its sentences call it. */
export function parseSettings(text: string, name: string): Settings {
  if (text.length > FILE_OCTETS_MAX) throw new SettingsError(`${name} is larger than 32 KiB: it is no configuration.`)
  const lines = new LineCounter()
  // Pretty errors look for their line once each, which is slow where everything is an error; one is told.
  const document = parseDocument(text, { uniqueKeys: true, prettyErrors: false, lineCounter: lines })
  if (document.errors.length > 0) {
    const [{ message, pos }] = document.errors
    const { line, col } = lines.linePos(pos[0])
    throw new SettingsError(`${name} is no YAML: ${message} at line ${line}, column ${col}.`)
  }
  let value: unknown
  try {
    value = document.toJS({ maxAliasCount: ALIASES_MAX }) ?? {}
  } catch (error) {
    throw new SettingsError(`${name} cannot be read: ${(error as Error).message}.`)
  }
  const read = SettingsSchema.safeParse(value)
  if (read.success) return read.data
  throw new SettingsError(
    read.error.issues
      .slice(0, PROBLEMS_TOLD_MAX)
      .map((issue) => `${name}: ${sentenceOf(issue, value)}`)
      .join('\n'),
  )
}

function sentenceOf(issue: z.core.$ZodIssue, value: unknown): string {
  const path = [...issue.path]
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(SettingsSchema, path, value)
    return issue.keys
      .slice(0, KEYS_TOLD_MAX)
      .map((key) => {
        const nearest = nearestWord(key, known)
        const hint = nearest === undefined ? `known here: ${known.join(', ')}` : `did you mean ${nearest}?`
        return `${[...path, key].join('.')} is not known: ${hint}`
      })
      .join('; ')
  }
  const place = path.join('.') || 'the file'
  if (issue.code === 'invalid_union' && issue.errors.length === 0) {
    return `${place} takes a type: webhook, syslog, file, stdout or kafka.`
  }
  return `${place}: ${issue.message}.`
}

/** The keys that a schema knows at a place; those of the right kind where there are several kinds. */
function keysAt(schema: z.ZodType, path: readonly PropertyKey[], value: unknown): string[] {
  const inner = unwrapped(schema)
  const [step, ...rest] = path
  if (inner instanceof z.ZodDiscriminatedUnion) {
    const type = (value as { type?: unknown })?.type
    const options = inner.options as readonly z.ZodObject[]
    const option = options.find(({ shape }) => (shape.type as z.ZodLiteral).value === type)
    return option ? keysAt(option, path, value) : []
  }
  if (step === undefined) return inner instanceof z.ZodObject ? Object.keys(inner.shape) : []
  const below = (value as Record<PropertyKey, unknown>)?.[step]
  if (inner instanceof z.ZodArray) return keysAt(inner.element as z.ZodType, rest, below)
  if (inner instanceof z.ZodUnion) {
    return (inner.options as readonly z.ZodType[]).flatMap((option) => keysAt(option, path, value))
  }
  return inner instanceof z.ZodObject ? keysAt(inner.shape[String(step)] as z.ZodType, rest, below) : []
}

function unwrapped(schema: z.ZodType): z.ZodType {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodOptional) return unwrapped(schema.unwrap() as z.ZodType)
  return schema
}
