import { closeSync, existsSync, openSync, readSync } from 'node:fs'
import { openSources } from '../index.ts'
import type { InputFile } from '../input-file.ts'
import type { InputType } from '../inputs/input-type.ts'
import { openInput } from '../inputs/open-input.ts'
import { RESOLVER_LOGS } from '../resolver-logs/index.ts'
import type { LiveKind, LivePlace } from './live-place.ts'
import { type TailOptions, tail } from './tail.ts'

/** Kinds that are written a line at a time, by the word users put in front of a path. */
const FOLLOWED: readonly InputType[] = ['eve', ...RESOLVER_LOGS.map(({ type }) => type)]
const BRACE = 0x7b

/** Logs that are written to while they are read. */
export const logKind: LiveKind = {
  words: ['zeek', ...FOLLOWED],
  parse(word, rest) {
    if (word !== 'zeek') return logPlace(word as InputType, rest)
    return logPlace('zeek', /\.log$/.test(rest) ? rest : `${rest.replace(/\/+$/, '')}/dns.log`)
  },
}

function logPlace(kind: FollowedLog['kind'], path: string): LivePlace {
  const log = { kind, path }
  return {
    label: path,
    open: async (index, options, world, signal) => {
      const type = await liveType(log, world, signal)
      if (type === undefined) return undefined
      const { file, follow } = liveInput(log, index, world, signal)
      const { timed, untimed, counts } = await openSources({ inputs: [{ file, type }] }, options)
      follow()
      const [source] = [...timed, ...untimed]
      return source && { source, counts: counts[0] }
    },
  }
}

interface FollowedLog {
  readonly kind: 'zeek' | InputType
  readonly path: string
}

/**
 * The type of what is followed; undefined where nobody wants to know any more. Zeek writes columns or JSON, which the first octet
 * of its log tells: it is waited for.
 */
async function liveType(
  { kind, path }: FollowedLog,
  { pause, say, onTrouble }: TailOptions,
  signal: AbortSignal,
): Promise<InputType | undefined> {
  if (kind !== 'zeek') return kind
  for (let told = false; !signal.aborted; told = true) {
    const first = firstOctet(path)
    if (first !== undefined) {
      onTrouble(path, undefined)
      return first === BRACE ? 'zeek-json' : 'zeek-tsv'
    }
    const sentence = `${path} has nothing in it yet: it is read when it has.`
    onTrouble(path, sentence)
    if (!told) say(sentence)
    await pause(signal)
  }
  return undefined
}

function firstOctet(path: string): number | undefined {
  try {
    const octet = Buffer.alloc(1)
    const file = openSync(path, 'r')
    try {
      return readSync(file, octet, 0, 1, 0) === 1 ? octet[0] : undefined
    } finally {
      closeSync(file)
    }
  } catch {
    // Why it cannot be read is told by the one who reads it.
    return undefined
  }
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

/** An input that never ends: looked at as the file it is until `follow` is called, and from then on as it grows. */
function liveInput({ path }: FollowedLog, index: number, options: TailOptions, signal: AbortSignal) {
  const whole = openInput({ index, label: path, path, once: false })
  let following = false
  const file: InputFile = {
    index,
    label: path,
    path,
    get writtenMs() {
      return Date.now()
    },
    chunks: (onFailure) => {
      if (following) return tail(path, options, signal)
      return existsSync(path) ? whole.chunks(onFailure) : nothing()
    },
  }
  return {
    file,
    follow() {
      following = true
    },
  }
}
