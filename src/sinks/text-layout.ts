import { printable } from './printable.ts'

/** Characters from here on may take two columns; taking all of them for wide never makes a line too long. */
const WIDE_FROM = 0x1100

/** Columns that printable text takes at most. */
export function columnsOf(text: string): number {
  let columns = 0
  for (const character of text) columns += character.codePointAt(0)! < WIDE_FROM ? 1 : 2
  return columns
}

/** Text made safe and cut in the middle to `columns`: the start and the registered domain at the end say most. */
export function fit(text: string, columns: number): string {
  const safe = printable(text)
  if (columnsOf(safe) <= columns) return safe
  const characters = [...safe]
  const room = Math.max(0, columns - 3)
  let head = ''
  let tail = ''
  let used = 0
  for (let i = 0; i < characters.length; i++) {
    const fromEnd = i % 2 === 1
    const next = fromEnd ? characters[characters.length - 1 - (i >> 1)] : characters[i >> 1]
    used += columnsOf(next)
    if (used > room) break
    if (fromEnd) tail = next + tail
    else head += next
  }
  return `${head}...${tail}`.slice(0, Math.max(columns, 0))
}

/** Text in lines of at most `columns`, broken at blanks, or anywhere in a word that is longer than a line. */
export function wrap(text: string, columns: number): string[] {
  const width = Math.max(8, columns)
  const lines: string[] = []
  let line = ''
  for (const word of printable(text)
    .split(' ')
    .flatMap((word) => pieces(word, width))) {
    if (line !== '' && columnsOf(line) + 1 + columnsOf(word) > width) {
      lines.push(line)
      line = ''
    }
    line = line === '' ? word : `${line} ${word}`
  }
  return line === '' ? lines : [...lines, line]
}

function pieces(word: string, columns: number): string[] {
  const found: string[] = []
  let piece = ''
  for (const character of word) {
    if (columnsOf(piece + character) > columns) {
      found.push(piece)
      piece = ''
    }
    piece += character
  }
  return [...found, piece]
}
