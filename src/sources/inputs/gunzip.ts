import { constants, createGunzip } from 'node:zlib'

/** Octets that may be inflated before the ratio is looked at: small files may be as even as they like. */
export const RATIO_FREE_OCTETS = 64 * 1024 * 1024
/** Deflate cannot pass 1,032:1 (RFC 1951 3.2.5), and logs stay under 200:1: past this a file is made of one octet. */
export const RATIO_MAX = 1000

/** Compressed octets a write. One write inflates to at most 1,032 times as much: this bounds what is held at once. */
const PIECE_OCTETS = 32 * 1024
/** Inflated octets a chunk of zlib's; what a damaged member loses in front of the damage. */
const OUTPUT_OCTETS = 128 * 1024

/** RFC 1952 2.3.1: the two identification octets and the only method there is. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes.length >= 3 && bytes[0] === 0x1f && bytes[1] === 0x8b && bytes[2] === 8
}

/**
 * Inflates gzip content, members one after the other, as it comes. Never throws: content that breaks off, is damaged
 * or is a decompression bomb ends the iteration after what could be read, with one sentence for `onFailure`.
 */
export async function* gunzip(
  source: AsyncIterable<Uint8Array>,
  onFailure: (sentence: string) => void,
): AsyncGenerator<Uint8Array> {
  const inflate = createGunzip({ chunkSize: OUTPUT_OCTETS, flush: constants.Z_NO_FLUSH })
  let ready: Uint8Array[] = []
  let failure: Error | undefined
  let octetsIn = 0
  let octetsOut = 0
  inflate.on('data', (chunk: Uint8Array) => {
    ready.push(chunk)
    octetsOut += chunk.length
  })
  inflate.on('error', (error) => {
    failure ??= error
  })
  const settled = (start: (done: (error?: Error | null) => void) => void) =>
    new Promise<void>((resolve) => {
      // A write that fails closes the stream, and its callback may never come.
      inflate.once('close', resolve)
      start((error) => {
        inflate.off('close', resolve)
        failure ??= error ?? undefined
        resolve()
      })
    })
  try {
    for await (const chunk of source) {
      for (let at = 0; at < chunk.length && !failure; at += PIECE_OCTETS) {
        const piece = chunk.subarray(at, at + PIECE_OCTETS)
        octetsIn += piece.length
        await settled((done) => inflate.write(piece, done))
        const inflated = ready
        ready = []
        for (const part of inflated) yield part
        if (octetsOut > RATIO_FREE_OCTETS && octetsOut > octetsIn * RATIO_MAX) {
          onFailure(`inflates to more than ${RATIO_MAX} times its size and is taken for a decompression bomb.`)
          return
        }
      }
      if (failure) break
    }
    if (!failure) {
      await settled((done) => {
        inflate.once('end', done)
        inflate.end()
      })
    }
    for (const part of ready) yield part
    if (failure) onFailure(sentenceOf(failure))
  } finally {
    inflate.destroy()
  }
}

function sentenceOf(error: Error): string {
  // Z_BUF_ERROR at the end is how zlib says that the trailer of the last member never came.
  if ('code' in error && error.code === 'Z_BUF_ERROR') return 'breaks off in the middle of its gzip data.'
  return `holds damaged gzip data (${error.message}).`
}
