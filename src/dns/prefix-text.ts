/** Longest prefix text: a name of 254 octets without its domain. */
export const PREFIX_MAX = 255
/** Labels of the longest one: 127 of an octet each, and one that the end cuts off. */
export const LABELS_MAX = 128

/**
 * The prefix of a name (what stands left of the registered domain) as text: ASCII case folded, labels joined by dots.
 * A reused scratch: {@link read} overwrites it.
 */
export class PrefixText {
  readonly bytes: Uint8Array = new Uint8Array(PREFIX_MAX + 1)
  length = 0
  labelCount = 0
  /** Where each label starts and ends within `bytes`. */
  readonly labelStart: Uint16Array = new Uint16Array(LABELS_MAX)
  readonly labelEnd: Uint16Array = new Uint16Array(LABELS_MAX)
  /** Letters that were upper case before folding. */
  upperCount = 0

  /** Reads the first `length` octets of a wire-form name. */
  read(name: Uint8Array, start: number, length: number): void {
    const out = this.bytes
    let to = 0
    let labels = 0
    let upper = 0
    const end = start + length
    for (let at = start; at < end && labels < LABELS_MAX; ) {
      const label = name[at++]
      if (to > 0) out[to++] = 0x2e
      this.labelStart[labels] = to
      for (let i = 0; i < label && at < end; i++) {
        let octet = name[at++]
        if (octet >= 0x41 && octet <= 0x5a) {
          octet += 32
          upper++
        }
        out[to++] = octet
      }
      this.labelEnd[labels++] = to
    }
    this.length = to
    this.labelCount = labels
    this.upperCount = upper
  }

  /** Reads text as {@link bytes} holds it: folded, labels joined by dots. */
  readText(text: Uint8Array): void {
    this.upperCount = 0
    this.labelCount = 0
    this.length = text.length
    this.bytes.set(text)
    let start = 0
    for (let i = 0; i <= text.length; i++) {
      if (i < text.length && text[i] !== 0x2e) continue
      this.labelStart[this.labelCount] = start
      this.labelEnd[this.labelCount++] = i
      start = i + 1
    }
  }

  /**
   * Takes the labels of `whole` that `keep` accepts, in order, joined by dots; all of them where it accepts none, as a
   * name made of old parts is still a name. Upper-case letters are not counted again.
   */
  select(whole: PrefixText, keep: (label: number) => boolean): void {
    this.upperCount = 0
    this.take(whole, keep)
    if (this.labelCount === 0) this.take(whole, () => true)
  }

  private take(whole: PrefixText, keep: (label: number) => boolean): void {
    let to = 0
    let labels = 0
    for (let label = 0; label < whole.labelCount; label++) {
      const start = whole.labelStart[label]
      const end = whole.labelEnd[label]
      if (!keep(label)) continue
      if (labels > 0) this.bytes[to++] = 0x2e
      this.labelStart[labels] = to
      for (let i = start; i < end; i++) this.bytes[to++] = whole.bytes[i]
      this.labelEnd[labels++] = to
    }
    this.length = to
    this.labelCount = labels
  }
}
