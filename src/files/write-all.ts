import { writeSync } from 'node:fs'

/** Writes all of it to an open file: a pipe, or a disk that is nearly full, may take a part at a time. */
export function writeAll(file: number, content: string | Uint8Array): void {
  const octets = typeof content === 'string' ? Buffer.from(content) : content
  for (let at = 0; at < octets.length; ) at += writeSync(file, octets, at)
}
