import { closeSync, existsSync, openSync, readSync } from 'node:fs'
import type { InputFile } from '../input-file.ts'
import { INPUT_TYPES, type InputType } from '../inputs/input-type.ts'
import { openInput } from '../inputs/open-input.ts'
import { type TailOptions, tail } from './tail.ts'

/** Kinds that are written a line at a time, by the word users put in front of a path. */
const FOLLOWED: readonly InputType[] = INPUT_TYPES.filter((type) =>
  /^(eve|bind|unbound|dnsmasq|dnsdist|coredns)$/.test(type),
)
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

/** The type of what is followed: Zeek writes columns or JSON, which the first octet tells; columns where there is none yet. */
export function liveType({ kind, path }: LivePlace): InputType {
  if (kind !== 'zeek') return kind
  const first = Buffer.alloc(1)
  try {
    const file = openSync(path, 'r')
    readSync(file, first, 0, 1, 0)
    closeSync(file)
  } catch {
    return 'zeek-tsv'
  }
  return first[0] === 0x7b ? 'zeek-json' : 'zeek-tsv'
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
