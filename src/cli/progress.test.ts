import { expect, it } from 'vitest'
import type { FoundInputs } from '../sources/inputs/find-inputs.ts'
import { Progress } from './progress.ts'

function found(paths: readonly string[]): FoundInputs {
  const inputs = paths.map((path, index) => ({
    type: 'names' as const,
    file: {
      index,
      label: path,
      path,
      async *chunks() {
        yield new Uint8Array(3 << 20)
      },
    },
  }))
  return { inputs, failures: [], skipped: [], zeekOthers: 0, dropped: [] }
}

function terminal(isTTY: boolean) {
  const written: string[] = []
  const stream = { isTTY, write: (text: string) => written.push(text) } as unknown as NodeJS.WriteStream
  return { stream, written }
}

async function readAll({ inputs }: FoundInputs): Promise<number> {
  let octets = 0
  for (const { file } of inputs) for await (const chunk of file.chunks(() => {})) octets += chunk.length
  return octets
}

it('draws one line on a terminal and takes it away', async () => {
  const { stream, written } = terminal(true)
  const progress = new Progress(stream)
  expect(await readAll(progress.follow(found(['a', 'b'])))).toBe(6 << 20)
  progress.clear()
  progress.clear()
  expect(written[0]).toBe(`\r\x1b[K[${'.'.repeat(24)}] 0 of 2 files, 3 MiB read`)
  expect(written.slice(-1)).toEqual(['\r\x1b[K'])
})

it('is silent anywhere else', async () => {
  const { stream, written } = terminal(false)
  const progress = new Progress(stream)
  expect(await readAll(progress.follow(found(['a'])))).toBe(3 << 20)
  progress.clear()
  expect(written).toEqual([])
})
