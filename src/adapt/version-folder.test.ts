import { appendFileSync, mkdtempSync, rmSync, truncateSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { VersionFolder } from './version-folder.ts'

const AT = '2026-11-26T09:00:00.000Z'
const GOOD = { rows: 100, currentRight: 80, shadowRight: 90 }
let folder: string
const octets = (text: string) => Buffer.from(text)

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wakeful-versions-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('VersionFolder', () => {
  it('gives a shadow the say on evidence, and takes it back', () => {
    const versions = new VersionFolder(join(folder, 'models'))
    expect(versions.standing()).toEqual({ current: undefined, shadow: undefined })
    const one = versions.shadow(octets('one'), AT)
    expect(versions.standing()).toEqual({ current: undefined, shadow: one })
    expect(versions.promote(AT, GOOD, false)).toBe(one)
    const two = versions.shadow(octets('two'), AT)
    versions.promote(AT, GOOD, false)
    expect(versions.standing()).toEqual({ current: two, shadow: undefined })
    expect(versions.rollback(AT)).toBe(one)
    expect(versions.rollback(AT)).toBeUndefined()
    expect(() => versions.rollback(AT)).toThrow('nothing to roll back')
    expect(versions.history().map(({ action }) => action)).toEqual([
      'shadow',
      'promote',
      'shadow',
      'promote',
      'rollback',
      'rollback',
    ])
  })

  it('promotes nothing on little or bad evidence, unless forced', () => {
    const versions = new VersionFolder(join(folder, 'models'))
    expect(() => versions.promote(AT, GOOD, false)).toThrow('There is no shadow')
    versions.shadow(octets('one'), AT)
    expect(() => versions.promote(AT, undefined, false)).toThrow('0 labelled rows, and 50 are needed')
    expect(() => versions.promote(AT, { ...GOOD, shadowRight: 79 }, false)).toThrow('less often (79 against 80 of 100)')
    versions.promote(AT, undefined, true)
    expect(versions.history().at(-1)?.evidence).toBe('forced')
  })

  it('keeps how a shadow did where it stands, and of no other', () => {
    const versions = new VersionFolder(join(folder, 'models'))
    const one = versions.shadow(octets('one'), AT)
    expect(versions.evidence()).toBeUndefined()
    versions.judge(one, AT, { rows: 10, currentRight: 9, shadowRight: 8 })
    versions.judge(one, AT, GOOD)
    expect(versions.evidence()).toEqual(GOOD)
    expect(versions.standing()).toEqual({ current: undefined, shadow: one })
    versions.shadow(octets('two'), AT)
    expect(versions.evidence()).toBeUndefined()
  })

  it('gives no damaged version the say', () => {
    const versions = new VersionFolder(join(folder, 'models'))
    const one = versions.shadow(octets('one'), AT)
    truncateSync(versions.path(one), 1)
    expect(() => versions.promote(AT, GOOD, true)).toThrow('is damaged or gone')
  })

  it('reads past a line that a crash cut short, and writes behind it', () => {
    const versions = new VersionFolder(join(folder, 'models'))
    const one = versions.shadow(octets('one'), AT)
    appendFileSync(join(folder, 'models', 'history.ndjson'), '{"action":"prom')
    expect(versions.standing().shadow).toBe(one)
    versions.promote(AT, GOOD, false)
    expect(versions.standing().current).toBe(one)
  })
})
