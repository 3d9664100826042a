import { appendFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isIncidentId, VerdictJournal } from './verdict-journal.ts'

const entry = (incident: string, verdict: 'malicious' | 'benign') => ({
  incident,
  verdict,
  at: '2026-11-26T09:00:00Z',
  by: 'anna',
})
const ONE = 'd4d9e922bdc2bddd'
const TWO = '70507ce75073c273'
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wakeful-verdicts-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('VerdictJournal', () => {
  it('has the last word on each incident', () => {
    const journal = new VerdictJournal(join(folder, 'new', 'verdicts.ndjson'))
    expect(journal.read().verdicts.size).toBe(0)
    for (const one of [entry(ONE, 'malicious'), entry(TWO, 'benign'), entry(ONE, 'benign')]) journal.append(one)
    const { verdicts, malformed } = journal.read()
    expect([...verdicts.values()]).toEqual([entry(ONE, 'benign'), entry(TWO, 'benign')])
    expect(malformed).toBe(0)
  })

  it('loses one line at most to a crash, and counts what is no verdict', () => {
    const path = join(folder, 'verdicts.ndjson')
    const journal = new VerdictJournal(path)
    journal.append(entry(ONE, 'malicious'))
    appendFileSync(path, '{"incident":"705')
    journal.append(entry(TWO, 'malicious'))
    appendFileSync(path, '{"incident":"x","verdict":"benign","at":"","by":""}\nnull\n{"__proto__":{}}\n')
    const { verdicts, malformed } = journal.read()
    expect([...verdicts.keys()]).toEqual([ONE, TWO])
    expect(malformed).toBe(4)
  })

  it('knows an id', () => {
    expect([ONE, 'D4D9E922BDC2BDDD', 'evil.example', ''].map(isIncidentId)).toEqual([true, false, false, false])
  })
})
