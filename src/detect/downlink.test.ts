import { describe, expect, it } from 'vitest'
import { type Row, rowsToBatch, START_MS } from '../batch/rows.testing.ts'
import { emptyState } from './detect.testing.ts'
import type { DomainState } from './domain-state.ts'
import { chargeDown } from './downlink.ts'
import { flatLanguage, NameCoder } from './name-code.ts'

const coder = new NameCoder(flatLanguage(6))
const HOUR = 3_600_000

/** Charges the answers, each at its hour; gives each its own hash unless told otherwise. */
function down(rows: Partial<Row & { hour: number }>[]): DomainState {
  const state = emptyState()
  const full = rows.map((row, i) => ({ qname: 'x.evil.example', qtype: 'TXT', answer: i + 1, ...row }))
  const batch = rowsToBatch(full)
  full.forEach((row, i) => {
    chargeDown(state, batch, i, START_MS + (row.hour ?? 0) * HOUR, coder)
  })
  return state
}

describe('chargeDown', () => {
  it('counts text and raw octets', () => {
    expect(down([{ textOctets: 100 }, { rawOctets: 50 }]).downOctets).toBe(150)
  })

  it('counts an answer once: wildcards carry nothing', () => {
    const state = down([
      { textOctets: 100, answer: 9 },
      { textOctets: 100, answer: 9 },
    ])
    expect([state.downOctets, state.decayedDown]).toEqual([100, 100])
  })

  it('counts addresses only past what a balanced host has', () => {
    expect(down([{ addressOctets: 128 }, { addressOctets: 16 }]).downOctets).toBe(0)
    expect(down([{ addressOctets: 160 }]).downOctets).toBe(32)
  })

  it('counts targets under the domain itself by the code, in any case, and none elsewhere', () => {
    // Nine symbols and the end at 6 bits, and the choice of a code: 62.3 bits against 74.3 raw.
    const octets = (9 * 6 + 6 + 2.3) / 8
    expect(down([{ targets: ['qx7zk2vj9.EVIL.example'] }]).downOctets).toBeCloseTo(octets, 9)
    expect(
      down([{ targets: ['qx7zk2vj9.other.example', 'xevil.example', 'evil.example', 'example'] }]).downOctets,
    ).toBe(0)
    expect(down([{ targets: ['qx7zk2vj9.evil.example', 'zk2vj9qx7.evil.example'] }]).downOctets).toBeCloseTo(
      2 * octets,
      9,
    )
  })

  it('does nothing where nothing came', () => {
    const state = down([{ rcode: -1 }, { rcode: 3 }])
    expect([state.downOctets, state.answers.size]).toEqual([0, 0])
  })

  it('decays over six hours, and charges late answers in full', () => {
    const state = down([{ textOctets: 100 }, { textOctets: 100, hour: 6 }, { textOctets: 100, hour: 0 }])
    expect(state.decayedDown).toBeCloseTo(100 * Math.exp(-1) + 200, 9)
    expect([state.downOctets, state.decayedDownMs]).toEqual([300, START_MS + 6 * HOUR])
  })
})
