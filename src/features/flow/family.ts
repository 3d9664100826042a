/** What is described of one flow; octets and packets that nobody counted are NaN. */
export interface FlowView {
  readonly durationMs: number
  readonly clientBytes: number
  readonly serverBytes: number
  readonly clientPackets: number
  readonly serverPackets: number
  readonly clientIpBytes: number
  readonly serverIpBytes: number
  /** Zeek's letters; empty where unknown. */
  readonly history: string
}

/** A feature of a flow and the unit of its values. */
export interface FlowFeature {
  readonly name: string
  readonly unit: string
}

/**
 * A family of features of one flow. None of them may say where the flow was seen: no address, no port, no family of addresses, nor
 * whether an end was local, as these tell networks apart and not tunnels.
 */
export interface FlowFeatureFamily {
  readonly name: string
  readonly features: readonly FlowFeature[]
  /** Writes a value a feature from `out[at]` on; NaN where it is missing. */
  extract(flow: FlowView, out: Float64Array, at: number): void
}
