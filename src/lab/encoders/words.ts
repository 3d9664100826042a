import { wordIndex, words } from '../words.ts'
import { type BitShape, createBitEncoder } from './bit-encoder.ts'
import type { BitSink, BitStream } from './bit-stream.ts'

const BITS = 11

function nextWords(bits: BitStream, most: number): string[] {
  const next: string[] = []
  while (next.length < most && !bits.ended) next.push(words[bits.take(BITS)])
  return next
}

function readWords(text: readonly string[], sink: BitSink): void {
  for (const word of text) if (wordIndex(word.toLowerCase()) >= 0) sink.put(wordIndex(word.toLowerCase()), BITS)
}

/** Reads like a host name, and stays under every limit on entropy; but it takes twice the room (papers.md 4, row 4). */
export const threeWords = createBitEncoder({
  name: 'words',
  description: 'Three words of a list of 2,048 joined by hyphens: 33 bits.',
  payloadOctetsAName: 4.12,
  write: (bits) => [nextWords(bits, 3).join('-')],
  read: ([label], sink) => readWords(label.split('-'), sink),
} satisfies BitShape)

export const wordLabels = createBitEncoder({
  name: 'word-labels',
  description: 'Three words of a list of 2,048 as three labels: 33 bits.',
  payloadOctetsAName: 4.12,
  write: (bits) => nextWords(bits, 3),
  read: readWords,
} satisfies BitShape)

/** Names come again by chance, and a cache would swallow those: a limit of the encoding, not of this code. */
export const oneWord = createBitEncoder({
  name: 'word',
  description: 'One word of a list of 2,048: 11 bits.',
  payloadOctetsAName: 1.37,
  write: (bits) => nextWords(bits, 1),
  read: readWords,
} satisfies BitShape)
