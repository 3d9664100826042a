import { crc32 } from 'node:zlib'

const SUM_DIGITS = 8

/** One entry as a line: the CRC-32 of its JSON in eight hexadecimal digits, a space, the JSON. What a torn write left is no such line. */
export function writeJournalLine(entry: unknown): string {
  const json = JSON.stringify(entry)
  return `${sumOf(json)} ${json}\n`
}

/** The entry of a line; `undefined` where it is damaged. */
export function readJournalLine(line: string): unknown {
  const json = line.slice(SUM_DIGITS + 1)
  if (line[SUM_DIGITS] !== ' ' || line.slice(0, SUM_DIGITS) !== sumOf(json)) return undefined
  try {
    return JSON.parse(json)
  } catch {
    // The sum was made over something that is no JSON: not by us.
    return undefined
  }
}

function sumOf(text: string): string {
  return crc32(text).toString(16).padStart(SUM_DIGITS, '0')
}
