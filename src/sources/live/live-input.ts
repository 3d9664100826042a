import { closeSync, existsSync, openSync, readSync } from 'node:fs'
import type { InputFile } from '../input-file.ts'
import type { InputType } from '../inputs/input-type.ts'
import { openInput } from '../inputs/open-input.ts'
import { RESOLVER_LOGS } from '../resolver-logs/index.ts'
import { type TailOptions, tail } from './tail.ts'

/** Kinds that are written a line at a time, by the word users put in front of a path. */
const FOLLOWED: readonly InputType[] = ['eve', ...RESOLVER_LOGS.map(({ type }) => type)]
const BRACE = 0x7b
const PLACE = /^([a-z]+):(?!\/\/)(.+)$/

/** A log that is written to while it is read. */
export interface LivePlace {
  readonly kind: 'zeek' | InputType
  readonly path: string
}

/**
 * A place such as `zeek:/opt/zeek/logs/current` or `eve:/var/log/suricata/eve.json`; undefined where it is a file, a folder or a
 * topic.
 *
 * @example
 * parseLivePlace('unbound:/var/log/unbound.log') // { kind: 'unbound', path: '/var/log/unbound.log' }
 */
export function parseLivePlace(text: string): LivePlace | undefined {
  const match = PLACE.exec(text)
  if (!match) return undefined
  const [, kind, path] = match
  if (kind === 'zeek') return { kind, path: /\.log$/.test(path) ? path : `${path.replace(/\/+$/, '')}/dns.log` }
  const type = FOLLOWED.find((name) => name === kind)
  return type && { kind: type, path }
}

/** The words that {@link parseLivePlace} takes. */
export const LIVE_KINDS: readonly string[] = ['zeek', ...FOLLOWED]

/**
 * The type of what is followed; undefined where nobody wants to know any more. Zeek writes columns or JSON, which the first octet
 * of its log tells: it is waited for.
 */
export async function liveType(
  { kind, path }: LivePlace,
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
export function liveInput(place: LivePlace, index: number, options: TailOptions, signal: AbortSignal) {
  const { path } = place
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
