import { oneLanguage } from '../datasets/each-exchange.ts'
import { loadDataSets } from '../datasets/load-data-sets.ts'
import type { ManifestRow } from '../datasets/manifest.ts'
import type { DetectionModel } from '../detect/detection-model.ts'
import { encodeModel } from '../models/model-file.ts'
import { trainModel } from './train-model.ts'

/** Nets over octets that detection may have beside it. */
export const PACKET_NETS = ['dense', 'autoencoder', 'lstm'] as const
export type PacketNet = (typeof PACKET_NETS)[number]

/** Passes over the rows: five parts are held out in turn for the calibration, so that a net is trained six times. */
const EPOCHS = 4

/**
 * Trains a net over the queries of the rows' captures, calibrated on groups held out; undefined where no row is a capture. It says what
 * a query's octets say, so that it has an opinion before there is an account, and the fusion learns what that is worth.
 */
export async function trainPacketNet(
  rows: readonly ManifestRow[],
  net: PacketNet,
  { language, thresholds }: Pick<DetectionModel, 'language' | 'thresholds'>,
  { manifestHash, seed }: { readonly manifestHash: string; readonly seed: number },
): Promise<Uint8Array | undefined> {
  const kind = net === 'lstm' ? 'sequences' : 'packets'
  const [set] = await loadDataSets(rows, { profile: 'query', kind, languages: oneLanguage(language), thresholds })
  if (set === undefined) return undefined
  const parameters = { epochs: EPOCHS }
  const plan = { learner: net, parameters, preparations: [], rebalancing: 'none', selection: null } as const
  const data = { kind, profile: 'query', arm: 'names' } as const
  return encodeModel(trainModel(set, { data, plan, calibration: 'platt' }, seed, manifestHash))
}
