import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { createRandom, randomInteger } from '../../stats/random.ts'
import type { InputFile } from '../input-file.ts'
import { openInput, readHead } from './open-input.ts'

const folder = mkdtempSync(join(tmpdir(), 'wakeful-open-'))
afterAll(() => rmSync(folder, { recursive: true }))

function fileOf(content: Uint8Array, name = 'file'): InputFile {
  const path = join(folder, name)
  writeFileSync(path, content)
  return openInput({ index: 0, label: name, path, once: false })
}

function stdinOf(content: Uint8Array, size: number): InputFile {
  const chunks: Buffer[] = []
  for (let at = 0; at < content.length; at += size) chunks.push(Buffer.from(content.subarray(at, at + size)))
  return openInput({ index: 0, label: '-', path: '-', once: true }, Readable.from(chunks))
}

async function contentOf(file: InputFile): Promise<{ content: Buffer; failures: string[] }> {
  const failures: string[] = []
  const chunks: Uint8Array[] = []
  for await (const chunk of file.chunks((sentence) => failures.push(sentence))) chunks.push(chunk)
  return { content: Buffer.concat(chunks), failures }
}

/** Text that gzip shrinks to a third or so. */
function text(octets: number): Buffer {
  const random = createRandom(3)
  const bytes = Buffer.alloc(octets)
  for (let i = 0; i < octets; i++) bytes[i] = 97 + randomInteger(random, 5)
  return bytes
}

describe('openInput', () => {
  it('reads a file as it is, again and again', async () => {
    const content = text(10_000)
    const file = fileOf(content)
    expect(await contentOf(file)).toEqual({ content, failures: [] })
    expect(await contentOf(file)).toEqual({ content, failures: [] })
    expect((await contentOf(fileOf(Buffer.alloc(0)))).content).toHaveLength(0)
  })

  it('hands over whole chunks of a large file', async () => {
    const sizes: number[] = []
    for await (const chunk of fileOf(Buffer.alloc(9 * 1024 * 1024, 'x')).chunks(() => {})) sizes.push(chunk.length)
    expect(sizes).toEqual([4_194_304, 4_194_304, 1_048_576])
  })

  it('unpacks by magic, not by name', async () => {
    const content = text(300_000)
    expect((await contentOf(fileOf(gzipSync(content), 'plain.log'))).content.equals(content)).toBe(true)
    expect((await contentOf(fileOf(Buffer.from('not gzip'), 'x.gz'))).content.toString()).toBe('not gzip')
  })

  it('says in one sentence that a file is not there', async () => {
    const file = openInput({ index: 0, label: 'x', path: join(folder, 'nope'), once: false })
    await expect(contentOf(file)).rejects.toThrow(`${join(folder, 'nope')} does not exist.`)
    await expect(contentOf(openInput({ index: 0, label: 'x', path: folder, once: false }))).resolves.toMatchObject({
      failures: [`${folder} is a folder.`],
    })
  })

  it('lets the start of standard input be looked at before it is read', async () => {
    const content = text(200_000)
    for (const [octets, size] of [
      [content, 1000],
      [gzipSync(content), 7],
      [content.subarray(0, 2), 1],
    ] as const) {
      const file = stdinOf(octets, size)
      const expected = octets[0] === 0x1f ? content : octets
      for (let i = 0; i < 2; i++) {
        expect(Buffer.from(await readHead(file)).equals(expected.subarray(0, 32 * 1024))).toBe(true)
      }
      expect((await contentOf(file)).content.equals(expected)).toBe(true)
      if (octets.length > 64 * 1024) await expect(contentOf(file)).rejects.toThrow('can be read only once.')
    }
  })

  it('stops reading where its reader stops', async () => {
    let closed = false
    async function* endless() {
      try {
        for (;;) yield Buffer.alloc(65_536)
      } finally {
        closed = true
      }
    }
    const file = openInput({ index: 0, label: '-', path: '-', once: true }, Readable.from(endless()))
    let chunks = 0
    for await (const _ of file.chunks(() => {})) if (++chunks === 5) break
    expect(closed).toBe(true)
  })
})

describe('L4: gzip', () => {
  it('members one after the other are one content', async () => {
    const parts = [text(100_000), Buffer.alloc(0), Buffer.from('tiny'), text(70_000)]
    const packed = Buffer.concat(parts.map((part) => gzipSync(part)))
    const whole = await contentOf(fileOf(packed))
    expect(whole.content.equals(Buffer.concat(parts))).toBe(true)
    expect(whole.failures).toEqual([])
    const many = Buffer.concat(Array.from({ length: 500 }, (_, i) => gzipSync(`${i}\n`)))
    expect((await contentOf(fileOf(many))).content.toString().split('\n')).toHaveLength(501)
  })

  it('that breaks off gives what came before and one sentence', async () => {
    const content = text(800_000)
    const packed = gzipSync(content)
    for (const share of [0.001, 0.5, 0.999999]) {
      const cut = packed.subarray(0, Math.floor(packed.length * share))
      const { content: got, failures } = await contentOf(fileOf(cut))
      expect(got.equals(content.subarray(0, got.length))).toBe(true)
      // zlib holds back less than a window of 32 KiB and a symbol
      expect(got.length).toBeGreaterThan(content.length * share - 40_000)
      expect(failures).toEqual([`${join(folder, 'file')} breaks off in the middle of its gzip data.`])
    }
  })

  it('that is damaged gives what came before, within one piece, and one sentence', async () => {
    const content = text(800_000)
    const packed = gzipSync(content)
    packed.fill(0xff, packed.length / 2, packed.length / 2 + 64)
    const { content: got, failures } = await contentOf(fileOf(packed))
    expect(got.subarray(0, 300_000).equals(content.subarray(0, 300_000))).toBe(true)
    expect(failures).toHaveLength(1)
    expect(failures[0]).toContain('holds damaged gzip data')
    const second = Buffer.concat([gzipSync('first'), gzipSync('second').subarray(0, 12)])
    const halves = await contentOf(fileOf(second))
    expect([halves.content.toString().slice(0, 5), halves.failures.length]).toEqual(['first', 1])
  })

  it('bombs are stopped', async () => {
    const bomb = gzipSync(Buffer.alloc(80 * 1024 * 1024), { level: 9 })
    let octets = 0
    const failures: string[] = []
    for await (const chunk of fileOf(bomb).chunks((sentence) => failures.push(sentence))) octets += chunk.length
    expect(octets).toBeLessThan(100 * 1024 * 1024)
    expect(failures).toEqual([
      `${join(folder, 'file')} inflates to more than 1000 times its size and is taken for a decompression bomb.`,
    ])
  })
})
