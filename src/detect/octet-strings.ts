/**
 * Octet strings, each kept as a Latin-1 string: a typed array costs 200 octets before its first one, a string 16, and
 * thousands of domains keep dozens.
 */
export class OctetStrings {
  private kept: string[] = []
  private octets = 0

  get size(): number {
    return this.kept.length
  }

  /** Octets of memory held, roughly. */
  get sizeBytes(): number {
    return this.octets + this.kept.length * 28
  }

  add(bytes: Uint8Array, start: number, length: number): void {
    this.addText(Buffer.from(bytes.buffer, bytes.byteOffset + start, length).toString('latin1'))
  }

  /** As {@link add}, of octets that are a Latin-1 string already. */
  addText(text: string): void {
    this.octets += text.length
    // Most lists stay at one: a pushed array would have room for seventeen.
    if (this.kept.length === 0) this.kept = [text]
    else this.kept.push(text)
  }

  /** Forgets the first string. */
  shift(): void {
    this.octets -= this.kept.shift()?.length ?? 0
  }

  /** The strings as octets, in order. */
  list(): Uint8Array[] {
    return this.kept.map((text) => Uint8Array.from(Buffer.from(text, 'latin1')))
  }

  /** The strings as Latin-1 text, in order. */
  get texts(): readonly string[] {
    return this.kept
  }
}
