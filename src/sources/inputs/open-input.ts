import { createReadStream, statSync } from 'node:fs'
import type { Readable } from 'node:stream'
import type { InputFile } from '../input-file.ts'
import { readFileChunks } from './file-input.ts'
import { gunzip, isGzip } from './gunzip.ts'
import { OnceOnlyStream } from './stream-input.ts'

/** What {@link openInput} needs to know of an input; `once` where it is a pipe, which cannot be read again. */
export interface InputPlace {
  readonly index: number
  readonly label: string
  readonly path: string
  readonly once: boolean
}

/**
 * An input by its place; nothing is opened before `chunks` is called. `-` is standard input.
 *
 * @example
 * openInput({ index: 0, label: 'dns.log.gz', path: '/logs/dns.log.gz', once: false })
 */
export function openInput(place: InputPlace, stdin: Readable = process.stdin): InputFile {
  const { index, label, path } = place
  const stream = place.once ? new OnceOnlyStream(() => (path === '-' ? stdin : createReadStream(path))) : undefined
  let writtenMs: number | undefined
  const name = path === '-' ? 'standard input' : path
  return {
    index,
    label,
    path,
    get writtenMs() {
      writtenMs ??= place.once ? Date.now() : statSync(path, { throwIfNoEntry: false })?.mtimeMs
      return writtenMs
    },
    chunks: (onFailure) =>
      throughGunzip(stream ? stream.chunks(name, onFailure) : readFileChunks(path, onFailure), (sentence) =>
        onFailure(sentence.startsWith(name) ? sentence : `${name} ${sentence}`),
      ),
  }
}

async function* throughGunzip(
  raw: AsyncGenerator<Uint8Array>,
  onFailure: (sentence: string) => void,
): AsyncGenerator<Uint8Array> {
  const { done, value: first } = await raw.next()
  if (done || first.length === 0) return
  const whole = resume(first, raw)
  yield* isGzip(first) ? gunzip(whole, onFailure) : whole
}

async function* resume(first: Uint8Array, rest: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield first
    yield* rest
  } finally {
    await rest.return(undefined)
  }
}

/**
 * The first `octets` of an input's content, fewer where it is shorter. The input can still be read from its start:
 * `octets` stays under what a pipe keeps (stream-input.ts), and gzip does not shrink what it holds.
 */
export async function readHead(file: InputFile, octets = 32 * 1024): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const chunk of file.chunks(() => {})) {
    parts.push(chunk)
    length += chunk.length
    if (length >= octets) break
  }
  return parts.length === 1 ? parts[0].subarray(0, octets) : Buffer.concat(parts).subarray(0, octets)
}
