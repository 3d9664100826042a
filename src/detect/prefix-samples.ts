import { OctetStrings } from './octet-strings.ts'

/** Prefixes kept for the look-up judgement: enough to see a form, few enough to hold for thousands of domains. */
const RECENT_MAX = 48
/** Names kept as evidence: the first ones, in order; more of an alert, whose payload may begin behind a handshake. */
const FIRST_MAX = 12
const FIRST_OF_ALERT_MAX = 32

/** Names a domain's judgement and evidence are made from. */
export class PrefixSamples {
  private readonly names = new OctetStrings()
  /** A letter a name: a list of numbers would cost more than the names' own octets are counted for. */
  private types = ''
  private readonly prefixes = new OctetStrings()

  keepName(arena: Uint8Array, start: number, length: number, qtype: number, ofAlert: boolean): void {
    if (this.names.size >= (ofAlert ? FIRST_OF_ALERT_MAX : FIRST_MAX)) return
    this.names.add(arena, start, length)
    this.types += String.fromCharCode(qtype)
  }

  keepPrefix(bytes: Uint8Array, length: number): void {
    if (this.prefixes.size === RECENT_MAX) this.prefixes.shift()
    this.prefixes.add(bytes, 0, length)
  }

  forgetPrefixes(): void {
    while (this.prefixes.size > 0) this.prefixes.shift()
  }

  /** Octets of memory held, roughly. */
  get sizeBytes(): number {
    return this.names.sizeBytes + this.prefixes.sizeBytes
  }

  /** First novel names in wire form, case as seen. */
  get first(): Uint8Array[] {
    return this.names.list()
  }

  /** What each of {@link first} was asked for. */
  get qtypes(): readonly number[] {
    return Array.from(this.types, (letter) => letter.charCodeAt(0))
  }

  /** The latest novel prefixes as folded text, oldest first. */
  ordered(): Uint8Array[] {
    return this.prefixes.list()
  }

  /** The same as Latin-1 text. */
  get texts(): readonly string[] {
    return this.prefixes.texts
  }
}
