import { describe, expect, it } from 'vitest'
import { wire } from '../batch/rows.testing.ts'
import { PACKET_PROFILES } from '../features/packet/packet-kinds.ts'
import { fitPlatt } from '../models/calibrators.ts'
import { createMatrix } from '../models/matrix.ts'
import type { Model } from '../models/model.ts'
import { trainDenseNet } from '../models/nets/train-dense-net.ts'
import { emptyState } from './detect.testing.ts'
import { packetDetector } from './packet-detector.ts'

const { columns } = PACKET_PROFILES.packets
/** Column of the octet `z`. */
const Z = 0x7a

/** A net that calls names with a `z` tunnels. */
function net() {
  const matrix = createMatrix(40, columns)
  const y = Uint8Array.from({ length: 40 }, (_, row) => row & 1)
  for (let row = 0; row < 40; row++) matrix.values[row * 256 + Z] = y[row] * 2
  return trainDenseNet(matrix, y, { seed: 1, epochs: 30 })
}

const calibrator = fitPlatt([-3, -2, -1, 1, 2, 3], [0, 0, 0, 1, 1, 1])
const file = (model: Model) => ({
  model,
  calibrator,
  features: [],
  thresholds: [],
  manifestHash: '',
  seed: 1,
  metrics: {},
})

function heard(...names: string[]) {
  const state = emptyState()
  for (const name of names) {
    const bytes = wire(`${name}.evil.example`)
    state.samples.keepName(bytes, 0, bytes.length, 16, false)
  }
  return state
}

describe('packetDetector', () => {
  const detector = packetDetector(file(net()))

  it('reads what the first names say, and never less than nothing', () => {
    expect(detector.read(heard('zzz1', 'zzz2'))!.ratio).toBeGreaterThan(0)
    expect(detector.read(heard('www', 'mail'))!.ratio).toBe(0)
    expect(detector.read(heard('zzz1', 'zzz2'))!.reason).toMatch(/first 2 new names: a dense-net puts e\^\d/)
  })

  it('does not read the registered domain', () => {
    const state = emptyState(1, 1, 'zzz.example')
    const bytes = wire('www.zzz.example')
    state.samples.keepName(bytes, 0, bytes.length, 1, false)
    expect(detector.read(state)!.ratio).toBe(0)
  })

  it('says nothing of a domain without names', () => {
    expect(detector.read(emptyState())).toBeUndefined()
  })

  it('refuses what is no calibrated model of packets', () => {
    expect(() => packetDetector({ ...file(net()), calibrator: undefined } as never)).toThrow('has no calibration')
    const other = trainDenseNet(createMatrix(4, ['length', 'depth']), [0, 1, 0, 1], { seed: 1, epochs: 1 })
    expect(() => packetDetector(file(other))).toThrow('reads no packets')
  })
})
