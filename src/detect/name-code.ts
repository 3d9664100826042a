import { PREFIX_MAX, type PrefixText } from '../dns/prefix-text.ts'
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

/** The benign language model as a code: bits of `symbol` (256 = end) after three octets packed as `a << 16 | b << 8 | c`. */
export interface SymbolCode {
  bitsOfSymbol(context: number, symbol: number): number
}

const END = 256

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
  private readonly language: SymbolCode
  private readonly symbolBits = new Float64Array(PREFIX_MAX + 2)

  constructor(language: SymbolCode) {
    this.language = language
  }

  /** Bits of the whole prefix by the language model alone, of the last {@link bits}. */
  lastLanguageBits = 0

  /** Bits of the prefix, at least {@link FLOOR_BITS}; its domain's past learns it, symbol by symbol, after coding. */
  bits(prefix: PrefixText, past: DomainPast | undefined): number {
    const { bytes, length } = prefix
    let context = 0
    let languageBits = 0
    for (let i = 0; i <= length; i++) {
      const symbol = i === length ? END : bytes[i]
      const bits = this.language.bitsOfSymbol(context, symbol)
      this.symbolBits[i] = bits
      languageBits += bits
      context = ((context << 8) | symbol) & 0xffffff
    }
    this.lastLanguageBits = languageBits
    let least = Math.min(8 * length, languageBits, this.labelBits(prefix, past?.labels))
    if (past) least = Math.min(least, past.adaptive.code(bytes, 0, length))
    return Math.max(FLOOR_BITS, CHOICE_BITS + least)
  }

  /** Bits of a prefix by the language model alone: a feature of the query model. */
  languageBits(prefix: PrefixText): number {
    let context = 0
    let sum = 0
    for (let i = 0; i <= prefix.length; i++) {
      const symbol = i === prefix.length ? END : prefix.bytes[i]
      sum += this.language.bitsOfSymbol(context, symbol)
      context = ((context << 8) | symbol) & 0xffffff
    }
    return sum
  }

  /** Whether a label was heard under the domain before. */
  isKnownLabel(past: DomainPast, bytes: Uint8Array, start: number, end: number): boolean {
    hashWords(bytes, start, end - start, 0, false)
    return past.labels.has(hashed.lo, hashed.hi)
  }

  /** Adds the prefix's labels to those its domain is known by. */
  learnLabels(prefix: PrefixText, past: DomainPast): void {
    for (let label = 0; label < prefix.labelCount; label++) {
      const start = prefix.labelStart[label]
      hashWords(prefix.bytes, start, prefix.labelEnd[label] - start, 0, false)
      past.labels.add(hashed.lo, hashed.hi)
    }
  }

  private labelBits(prefix: PrefixText, known: HashSet | undefined): number {
    const { bytes, labelStart, labelEnd, labelCount } = prefix
    const address = leadingAddressLabels(prefix)
    let sum = address > 0 ? LABEL_CHOICE_BITS + addressBits(address) : 0
    for (let label = address; label < labelCount; label++) {
      const start = labelStart[label]
      const end = labelEnd[label]
      // The symbol after the label (dot or end) says whether another follows; the other codes pay a bit for that.
      let bits = 0
      for (let i = start; i <= end; i++) bits += this.symbolBits[i]
      bits = Math.min(bits, 1 + labelFormBits(bytes, start, end))
      if (known && known.size > 0) {
        hashWords(bytes, start, end - start, 0, false)
        if (known.has(hashed.lo, hashed.hi)) bits = Math.min(bits, 1 + Math.log2(known.size))
      }
      sum += LABEL_CHOICE_BITS + bits
    }
    return sum
  }
}
