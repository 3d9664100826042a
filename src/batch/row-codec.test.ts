import { describe, expect, it } from 'vitest'
import { SavedRandom } from '../stats/saved-random.ts'
import { DnsBatch, MARK } from './dns-batch.ts'
import { ROW_OCTETS_MAX, readRow, writeRow, writeRowWithOrigin } from './row-codec.ts'

/** A row with any value in any column. */
function anyRow(random: SavedRandom): DnsBatch {
  const batch = new DnsBatch(2)
  batch.addRow()
  const row = batch.addRow()
  for (let at = row; at < batch.doubles.length; at += batch.stride) batch.doubles[at] = random.next() * 1e13
  for (let at = row; at < batch.words.length; at += batch.stride) batch.words[at] = random.below(2 ** 32)
  for (let at = row; at < batch.shorts.length; at += batch.stride) batch.shorts[at] = random.below(2 ** 16)
  for (let at = row; at < batch.octets.length; at += batch.stride) batch.octets[at] = random.below(4)
  batch.marks[row] &= ~(MARK.late | MARK.secondVantage)
  for (let i = 4 * row; i < 4 * row + 4; i++) {
    batch.clientWords[i] = random.below(2 ** 32)
    batch.resolverWords[i] = random.below(2 ** 32)
  }
  const name = anyName(random)
  batch.setName(row, name.bytes, 0, name.bytes.length, name.labels)
  batch.targetFirst[row] = batch.targetTotal
  batch.targetCount[row] = 0
  for (let t = random.below(5); t > 0; t--) {
    const target = anyName(random)
    batch.addTarget(row, target.bytes, 0, target.bytes.length)
  }
  return batch
}

function anyName(random: SavedRandom): { bytes: Uint8Array; labels: number } {
  const octets: number[] = []
  const labels = random.below(5)
  for (let label = 0; label < labels; label++) {
    const length = 1 + random.below(40)
    octets.push(length, ...Array.from({ length }, () => random.below(256)))
  }
  return { bytes: Uint8Array.from(octets), labels }
}

describe('a row as octets', () => {
  it('is read back whole, whatever it holds', () => {
    const random = new SavedRandom(1)
    for (let round = 0; round < 500; round++) {
      const written = writeRow(anyRow(random), 1)
      const batch = new DnsBatch(2)
      expect(readRow(written, batch)).toBe(true)
      // The input is the reader's own to number, so it is what it may not repeat.
      const again = writeRow(batch, 0)
      const inputAt = 8 + 4 * 8
      for (const bytes of [written, again]) bytes.fill(0, inputAt, inputAt + 4)
      expect(Buffer.compare(again, written)).toBe(0)
    }
  })

  it('keeps its origin where it has one', () => {
    const batch = new DnsBatch(1)
    const row = batch.addRow()
    batch.input[row] = 7
    batch.position[row] = 99
    const read = new DnsBatch(2)
    readRow(writeRowWithOrigin(batch, row), read)
    readRow(writeRow(batch, row), read)
    expect([read.input[0], read.position[0], read.input[1]]).toEqual([7, 99, 0])
  })

  it('is refused whole where it is damaged, never thrown at', () => {
    const random = new SavedRandom(2)
    for (let round = 0; round < 3000; round++) {
      const written = writeRow(anyRow(random), 1)
      const damaged = random.below(2) === 0 ? written.slice(0, random.below(written.length)) : written
      damaged[random.below(damaged.length)] = random.below(256)
      const batch = new DnsBatch(2)
      const good = readRow(damaged, batch)
      expect(batch.rows).toBe(good ? 1 : 0)
    }
    expect(readRow(new Uint8Array(ROW_OCTETS_MAX + 1).fill(0xd1), new DnsBatch(1))).toBe(false)
  })
})
