import { describe, expect, test } from 'vitest'
import { rowsOf, type SeenRow, START_MS, smallCapture, TUNNEL } from './capture.testing.ts'
import { transforms } from './index.ts'

const isTunnel = ({ qname }: SeenRow) => qname.toLowerCase().endsWith(`.${TUNNEL}`)
const before = await rowsOf(smallCapture())
const asked = before.filter(isTunnel)
const NAMES = 200

test('names are unique and in kebab-case', () => {
  const names = transforms.map((transform) => transform.name)
  expect(new Set(names).size).toBe(names.length)
  for (const { name, description } of transforms) {
    expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/)
    expect(description).toMatch(/\.$/)
  }
})

describe.each(transforms.map((transform) => [transform.name, transform] as const))('%s', (_name, transform) => {
  const stage = (seed = 1) => transform.stage(smallCapture(), [TUNNEL], seed)

  test('leaves all that is not the tunnel as it is', async () => {
    const after = await rowsOf(stage().source)
    const others = before.filter((row) => !isTunnel(row))
    expect(after.filter(({ qname }) => qname.startsWith('www.site') || qname.startsWith('a.no'))).toEqual(others)
  })

  test('asks under the domains it says, in order of time, from the first row on', async () => {
    const { source, domains } = stage()
    const after = await rowsOf(source)
    expect(after.map(({ timeMs }) => timeMs)).toEqual(after.map(({ timeMs }) => timeMs).sort((a, b) => a - b))
    expect(after[0].timeMs).toBe(START_MS)
    const tunnel = after.filter(({ qname }) => !qname.startsWith('www.site') && !qname.startsWith('a.no'))
    expect(tunnel.length).toBeGreaterThanOrEqual(asked.length)
    if (domains.includes('*')) return
    const under = (qname: string) => domains.some((domain) => qname.toLowerCase().endsWith(`.${domain}`))
    expect(tunnel.filter(({ qname }) => !under(qname))).toEqual([])
  })

  test('tells the truth about what left', async () => {
    const staged = stage()
    expect(staged.leaked).toEqual([])
    const after = await rowsOf(staged.source)
    const tunnel = after.filter(({ qname }) => !qname.startsWith('www.site') && !qname.startsWith('a.no'))
    expect(staged.leaked.map(({ timeMs }) => timeMs)).toEqual(tunnel.map(({ timeMs }) => timeMs))
    const novel = staged.leaked.filter(({ prefixOctets }) => prefixOctets > 0)
    expect(novel.length).toBe(new Set(tunnel.map(({ qname }) => qname.toLowerCase())).size)
    expect(novel.length).toBeGreaterThanOrEqual(NAMES)
  })

  test('keeps the answers, and gives none to names it adds', async () => {
    const answers = (rows: readonly SeenRow[]) => rows.reduce((sum, row) => sum + row.answers, 0)
    expect(answers(await rowsOf(stage().source))).toBe(answers(before))
  })

  test('makes the same of the same seed, however often it is read', async () => {
    const staged = stage()
    const first = await rowsOf(staged.source)
    const leaked = [...staged.leaked]
    expect(await rowsOf(staged.source)).toEqual(first)
    expect(staged.leaked).toEqual(leaked)
    expect(await rowsOf(stage().source)).toEqual(first)
  })
})
