import { LABELS_MAX, PREFIX_MAX, type PrefixText } from '../dns/prefix-text.ts'
import { hashed, hashWords } from '../stats/hash.ts'
import type { AdaptiveCode } from './adaptive-code.ts'
import { addressBits, labelFormBits, leadingAddressLabels } from './form-code.ts'
import type { HashSet } from './hash-set.ts'

/** Which of the codes was taken: 2 bits, rounded up so that the sum stays a proper code with room for one more. */
const CHOICE_BITS = 2.3
/** Which of three codes a label uses. */
const LABEL_CHOICE_BITS = Math.log2(3)
/** No name is free: two octets a novel name bound the number of names before an alert, whatever they say. */
export const FLOOR_BITS = 16

/** The benign language model as a code. */
export interface PrefixLanguage {
  /** Bits of the first 0, 1, 2 ... symbols of `bytes[0, length)` and its end, into `sums[0, length + 2)`. */
  sumBits(bytes: Uint8Array, length: number, sums: Float64Array): void
}

/** A language that says nothing: every symbol costs the same. */
export function flatLanguage(bitsASymbol: number): PrefixLanguage {
  return {
    sumBits: (_, length, sums) => {
      for (let i = 0; i <= length + 1; i++) sums[i] = i * bitsASymbol
    },
  }
}

/** What a domain's own past contributes; absent for domains without rich state. */
export interface DomainPast {
  readonly adaptive: AdaptiveCode
  readonly labels: HashSet
}

/**
 * Bits of information in a novel prefix: the shortest of four proper codes (DESIGN.md 6, L3). Raw octets; the benign
 * language model; label by label the model, a known form or a label this domain used before; the domain's own adaptive
 * model. A lossless code cannot be beaten on average by re-encoding, so the sum over names bounds what was said.
 */
export class NameCoder {
  private readonly language: PrefixLanguage
  private readonly sums = new Float64Array(PREFIX_MAX + 2)
  /** Of another name than the last {@link bits}, whose sums are still needed. */
  private readonly otherSums = new Float64Array(PREFIX_MAX + 2)
  /** Of each label of the last {@link bits}: its hash, and whether its domain knew it. */
  private readonly labelLo = new Uint32Array(LABELS_MAX)
  private readonly labelHi = new Uint32Array(LABELS_MAX)
  private readonly labelKnown = new Uint8Array(LABELS_MAX)

  constructor(language: PrefixLanguage) {
    this.language = language
  }

  /** Bits of the whole prefix by the language model alone, of the last {@link bits}. */
  lastLanguageBits = 0

  /** Bits of the prefix, at least {@link FLOOR_BITS}; its domain's past learns it, symbol by symbol, after coding. */
  bits(prefix: PrefixText, past: DomainPast | undefined): number {
    const { bytes, length } = prefix
    this.language.sumBits(bytes, length, this.sums)
    const languageBits = this.sums[length + 1]
    this.lastLanguageBits = languageBits
    if (past) this.hashLabels(prefix, past.labels)
    let least = Math.min(8 * length, languageBits, this.labelBits(prefix, past?.labels))
    if (past) least = Math.min(least, past.adaptive.code(bytes, 0, length))
    return Math.max(FLOOR_BITS, CHOICE_BITS + least)
  }

  /** Bits of a prefix by the language model alone: a feature of the query model. */
  languageBits(prefix: PrefixText): number {
    this.language.sumBits(prefix.bytes, prefix.length, this.otherSums)
    return this.otherSums[prefix.length + 1]
  }

  /** Whether a label of the last {@link bits} was heard under the domain before. */
  isKnownLabel(label: number): boolean {
    return this.labelKnown[label] === 1
  }

  /** Adds the labels of the last {@link bits} to those the domain is known by. */
  learnLabels(prefix: PrefixText, past: DomainPast): void {
    for (let label = 0; label < prefix.labelCount; label++) past.labels.add(this.labelLo[label], this.labelHi[label])
  }

  /** Learns a name that was coded without its domain's past. */
  learn(prefix: PrefixText, past: DomainPast): void {
    past.adaptive.code(prefix.bytes, 0, prefix.length)
    this.hashLabels(prefix, past.labels)
    this.learnLabels(prefix, past)
  }

  private hashLabels(prefix: PrefixText, known: HashSet): void {
    const { labelLo, labelHi } = this
    for (let label = 0; label < prefix.labelCount; label++) {
      const start = prefix.labelStart[label]
      hashWords(prefix.bytes, start, prefix.labelEnd[label] - start, 0, false)
      labelLo[label] = hashed.lo
      labelHi[label] = hashed.hi
      this.labelKnown[label] = known.size > 0 && known.has(hashed.lo, hashed.hi) ? 1 : 0
    }
  }

  private labelBits(prefix: PrefixText, known: HashSet | undefined): number {
    const { bytes, labelStart, labelEnd, labelCount } = prefix
    const { sums } = this
    const address = leadingAddressLabels(prefix)
    let sum = address > 0 ? LABEL_CHOICE_BITS + addressBits(address) : 0
    for (let label = address; label < labelCount; label++) {
      const start = labelStart[label]
      const end = labelEnd[label]
      // The symbol after the label (dot or end) says whether another follows; the other codes pay a bit for that.
      let bits = Math.min(sums[end + 1] - sums[start], 1 + labelFormBits(bytes, start, end))
      if (known && this.labelKnown[label] === 1) bits = Math.min(bits, 1 + Math.log2(known.size))
      sum += LABEL_CHOICE_BITS + bits
    }
    return sum
  }
}
