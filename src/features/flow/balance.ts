import type { FlowFeatureFamily } from './family.ts'
import { producerRatio, shrunkProducerRatio } from './producer-ratio.ts'

/** Which way a flow's octets went: the ratio and its shrunk form, of payload. */
export const balance: FlowFeatureFamily = {
  name: 'balance',
  features: [
    { name: 'producerRatio', unit: 'balance' },
    { name: 'shrunkProducerRatio', unit: 'balance' },
  ],
  extract({ clientBytes, serverBytes }, out, at) {
    out[at] = producerRatio(clientBytes, serverBytes)
    out[at + 1] = shrunkProducerRatio(clientBytes, serverBytes)
  },
}
