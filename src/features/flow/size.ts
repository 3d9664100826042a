import type { FlowFeatureFamily } from './family.ts'

/** How much a flow carried each way, with and without the headers of IP, and how much a packet of it. */
export const size: FlowFeatureFamily = {
  name: 'size',
  features: [
    ...['clientBytes', 'serverBytes', 'clientIpBytes', 'serverIpBytes'].map((name) => ({ name, unit: 'octets' })),
    ...['clientPackets', 'serverPackets'].map((name) => ({ name, unit: 'packets' })),
    ...['clientBytesAPacket', 'serverBytesAPacket'].map((name) => ({ name, unit: 'octets/packet' })),
  ],
  extract({ clientBytes, serverBytes, clientIpBytes, serverIpBytes, clientPackets, serverPackets }, out, at) {
    out[at] = clientBytes
    out[at + 1] = serverBytes
    out[at + 2] = clientIpBytes
    out[at + 3] = serverIpBytes
    out[at + 4] = clientPackets
    out[at + 5] = serverPackets
    // Without a packet there is no octet a packet: 0/0 is missing.
    out[at + 6] = clientBytes / clientPackets
    out[at + 7] = serverBytes / serverPackets
  },
}
