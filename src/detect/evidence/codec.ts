import type { Labels } from './sample-names.ts'

/** One way to write octets as labels. */
export interface Codec {
  /** Its name in a report. */
  readonly name: string
  /** What a script that uses it is called where no tool is known to. */
  readonly style: string
  /** Its symbols where random octets use each as often as any other, lower case where case does not matter; else ''. */
  readonly symbols: string
  /** Share of printable octets that convinces; wider alphabets fit more names that never were encoded. */
  readonly printableMin: number
  /** Whether all names are joined before decoding; else each name stands for whole octets. */
  readonly across: boolean
  /** The octets, or null where the labels are not strictly of this encoding. Joined names may end short. */
  decode(labels: Labels): Uint8Array | null
}
