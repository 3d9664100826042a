/** Counts of one input, as `--stats` has them. */
export interface InputFacts {
  readonly source: string
  readonly packets: number
  readonly messages: number
  readonly queries: number
  readonly responses: number
  readonly rows: number
  readonly malformed: Readonly<Record<string, number>>
  readonly skipped: number
  readonly failure?: string
}

/** What a report says beside its incidents. No clock: the same scan gives the same report. */
export interface ReportFacts {
  /** Name and version of the program, and version of the model it detected with. */
  readonly program: string
  readonly model: string
  /** Name of the observation. */
  readonly observation: string
  /** First and last time of all rows; null where no input has times. */
  readonly span: { readonly firstMs: number; readonly lastMs: number } | null
  /** Octets in 6 hours past which a domain's account is an alert. */
  readonly lineOctets: number
  /** Octets a day until which a look-up service stands as low. */
  readonly lookupOctets: number
  readonly untimed: readonly string[]
  readonly stats: {
    readonly rows: number
    readonly queries: number
    readonly clients: number
    readonly domains: number
    readonly perInput: readonly InputFacts[]
    /** Met in folders and not read. */
    readonly leftOut: readonly { readonly source: string; readonly reason: string }[]
  }
}
