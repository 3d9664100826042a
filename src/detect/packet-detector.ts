import { MASKED_OCTETS_MAX } from '../features/packet/masked-octets.ts'
import { maskedQuery } from '../features/packet/masked-query.ts'
import { PACKET_KINDS, PACKET_PROFILES, type PacketKind } from '../features/packet/packet-kinds.ts'
import { isScorer, ModelFileError } from '../models/model.ts'
import type { ModelFile } from '../models/model-file.ts'
import type { SideDetector } from './side-detector.ts'

/** One name says no more than this, whatever a net makes of it. */
const NAME_RATIO_MAX = 4

/**
 * A net over octets as a side detector: the mean log-likelihood ratio of a domain's first new names, asked as the net learned them, each
 * cut to four up and down. Below 0 is no evidence, and no evidence against: an attacker must not buy a lower score with names that read
 * like hosts. Throws a {@link ModelFileError} where the file holds no calibrated model of packets.
 */
export function packetDetector({ model, calibrator }: ModelFile): SideDetector {
  if (!isScorer(model)) throw new ModelFileError(`The model file holds a ${model.kind}, which scores no rows.`)
  const kind = kindOf(model.featureNames)
  if (kind === undefined) {
    throw new ModelFileError('The model reads no packets: train it with --kind packets or --kind sequences.')
  }
  if (!calibrator) throw new ModelFileError('The model of packets has no calibration: train it with --calibrate platt.')
  const profile = PACKET_PROFILES[kind]
  const octets = new Uint8Array(MASKED_OCTETS_MAX)
  const row = new Float64Array(profile.columns.length)
  return {
    name: 'packets',
    read({ samples, domain }) {
      const names = samples.first
      if (names.length === 0) return undefined
      let sum = 0
      names.forEach((name, i) => {
        const length = maskedQuery(name, name.length - domain.length, samples.qtypes[i], octets)
        profile.extract(octets, length, row, 0)
        const ratio = calibrator.logLikelihoodRatio(model.scoreOne(row, 0))
        sum += Math.max(-NAME_RATIO_MAX, Math.min(NAME_RATIO_MAX, ratio))
      })
      const mean = sum / names.length
      const reason = `octets of the first ${names.length} new names: a ${model.kind} puts e^${mean.toFixed(1)} to 1 on a tunnel, name by name`
      return { ratio: Math.max(0, mean), reason }
    },
  }
}

function kindOf(featureNames: readonly string[]): PacketKind | undefined {
  return PACKET_KINDS.find((kind) => {
    const { columns } = PACKET_PROFILES[kind]
    return columns.length === featureNames.length && columns.every((name, i) => name === featureNames[i])
  })
}
