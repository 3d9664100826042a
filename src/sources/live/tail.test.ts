import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { tail } from './tail.ts'

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wakeful-tail-'))
  path = join(folder, 'dns.log')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** Follows the file while `steps` happen to it, one each time there is nothing more to read; all that was read. */
async function follow(steps: readonly (() => void)[], idle = 3) {
  const controller = new AbortController()
  const said: string[] = []
  const troubles: (string | undefined)[] = []
  const parts: Uint8Array[] = []
  let at = 0
  const pause = async () => {
    // A rotation takes a look to be seen, and one more until the old file is left.
    if (at % (idle + 1) === 0) steps[at / (idle + 1)]?.()
    if (at++ > (steps.length + 1) * (idle + 1)) controller.abort()
  }
  const say = (sentence: string) => said.push(sentence)
  for await (const chunk of tail(
    path,
    { pause, say, onTrouble: (_, sentence) => troubles.push(sentence) },
    controller.signal,
  ))
    parts.push(Buffer.from(chunk))
  return { text: Buffer.concat(parts).toString(), said, troubles }
}

const append = (text: string) => () => appendFileSync(path, text)

describe('a tail', () => {
  it('reads what is there and what comes', async () => {
    writeFileSync(path, 'a\nb\n')
    expect((await follow([append('c\n'), append('d\n')])).text).toBe('a\nb\nc\nd\n')
  })

  it('waits for a file that is not there, and says so once', async () => {
    const { text, said } = await follow([() => {}, append('a\n'), append('b\n')])
    expect(text).toBe('a\nb\n')
    expect(said).toEqual([`${path} is not there yet: it is read when it is.`, `${path} is there, and is read.`])
  })
})

describe('a file that cannot be read', () => {
  it('is told in one sentence, once, and tried again until it can', async () => {
    mkdirSync(path)
    const { text, said, troubles } = await follow([() => {}, () => rmSync(path, { recursive: true }), append('a\n')])
    expect(text).toBe('a\n')
    expect(said[0]).toBe(`${path} is a folder. It is tried again.`)
    expect(said.filter((sentence) => sentence === said[0])).toHaveLength(1)
    expect(troubles).toEqual([said[0], said[1], undefined])
  })
})

describe('the five rotations', () => {
  beforeEach(() => writeFileSync(path, 'a\n'))

  it('rename: the old file is read to its end, also what is written after the rename', async () => {
    const old = join(folder, 'dns.log.1')
    const rename = () => {
      renameSync(path, old)
      appendFileSync(old, 'b\n')
    }
    const { text } = await follow([rename, () => appendFileSync(old, 'c'), append('d\n'), append('e\n')])
    expect(text).toBe('a\nb\nc\nd\ne\n')
  })

  it('copytruncate: shorter, or as long again with other octets', async () => {
    const cut = (text: string) => () => {
      copyFileSync(path, join(folder, 'dns.log.1'))
      truncateSync(path)
      appendFileSync(path, text)
    }
    const { text, said } = await follow([append('bb\n'), cut('c\n'), append('d\n'), cut('eeeeeeeee\n'), append('f\n')])
    expect(text).toBe('a\nbb\nc\nd\neeeeeeeee\nf\n')
    expect(said).toEqual([
      `${path} was cut: it is read from its beginning.`,
      `${path} was cut: it is read from its beginning.`,
    ])
  })

  it('delete and create, whatever number the new file gets', async () => {
    const anew = (text: string) => () => {
      rmSync(path)
      writeFileSync(path, text)
    }
    const { text } = await follow([anew('b\n'), append('c\n'), anew('d\n'), anew('e'), append('f\n')])
    expect(text).toBe('a\nb\nc\nd\nef\n')
  })

  it('delete, and create later', async () => {
    const { text } = await follow([() => rmSync(path), () => {}, append('b\n'), append('c\n')])
    expect(text).toBe('a\nb\nc\n')
  })

  it('gzip of the old file while it is still read', async () => {
    const old = join(folder, 'dns.log.1')
    const pack = () => {
      renameSync(path, old)
      appendFileSync(old, 'b\n')
      writeFileSync(`${old}.gz`, gzipSync(readFileSync(old)))
      rmSync(old)
      writeFileSync(path, 'c\n')
    }
    const { text } = await follow([pack, append('d\n')])
    expect(text).toBe('a\nb\nc\nd\n')
  })
})

describe('a tail that is told to stop', () => {
  it('ends, and leaves no file open', async () => {
    writeFileSync(path, 'a\n')
    const options = { pause: async () => {}, say: () => {}, onTrouble: () => {} }
    let chunks = 0
    const controller = new AbortController()
    for await (const _ of tail(path, options, controller.signal)) if (++chunks === 5) controller.abort()
    expect(chunks).toBe(5)
    expect(await tail(path, options, AbortSignal.abort()).next()).toEqual({ done: true, value: undefined })
  })
})
