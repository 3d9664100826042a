import type { FlowFeatureFamily } from './family.ts'

/** How long a flow took and how fast it was; missing where there was one packet, which takes no time. */
export const pace: FlowFeatureFamily = {
  name: 'pace',
  features: [
    { name: 'durationMs', unit: 'ms' },
    { name: 'packetsASecond', unit: '1/s' },
    { name: 'clientBytesASecond', unit: 'octets/s' },
  ],
  extract({ durationMs, clientPackets, serverPackets, clientBytes }, out, at) {
    const seconds = durationMs > 0 ? durationMs / 1000 : Number.NaN
    out[at] = durationMs
    out[at + 1] = (clientPackets + serverPackets) / seconds
    out[at + 2] = clientBytes / seconds
  },
}
