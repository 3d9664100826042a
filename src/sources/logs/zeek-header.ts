import { FIELD, FIELD_OF_NAME } from './zeek-fields.ts'

/** Columns of dns.log as Zeek writes them since 2.5, for pieces whose header was cut off; Bro before had no rtt. */
const FIELDS =
  'ts uid id.orig_h id.orig_p id.resp_h id.resp_p proto trans_id rtt query qclass qclass_name qtype qtype_name ' +
  'rcode rcode_name AA TC RD RA Z answers TTLs rejected'

/** The columns to assume for a line of this many cells in a piece without header. */
export function defaultFields(cells: number): string[] {
  const fields = FIELDS.split(' ')
  return cells === fields.length - 1 ? fields.filter((field) => field !== 'rtt') : fields
}

/** What the directives of a Zeek log said so far. They may come again anywhere: logs get concatenated. */
export class ZeekHeader {
  separator = 0x09
  setSeparator = 0x2c
  empty: Uint8Array = Buffer.from('(empty)')
  unset: Uint8Array = Buffer.from('-')
  /** Whether rows are those of the log that is read. */
  own = true
  /** Index into FIELD of each column, -1 where it is not read; empty before any `#fields`. */
  columns: Int8Array = new Int8Array(0)
  /** Fields the log has, by index into FIELD. */
  readonly has: boolean[] = []
  private readonly path: string
  private readonly fieldOf: ReadonlyMap<string, number>

  /** Of dns.log, or of the log of another path with the fields that are read of it. */
  constructor(path = 'dns', fieldOf: ReadonlyMap<string, number> = FIELD_OF_NAME) {
    this.path = path
    this.fieldOf = fieldOf
  }

  /** Takes in one line that begins with `#`; false where it is a directive that cannot be followed. */
  read(line: string): boolean {
    if (line.startsWith('#separator')) {
      const separator = /^#separator\s+(?:\\x([0-9a-fA-F]{2})|(\S))$/.exec(line)
      if (!separator) return false
      this.separator = separator[1] ? Number.parseInt(separator[1], 16) : separator[2].charCodeAt(0)
      return true
    }
    const [name, ...values] = line.split(String.fromCharCode(this.separator))
    const value = unescapeHex(values[0] ?? '')
    if (name === '#fields') this.setFields(values)
    else if (name === '#path')
      this.own = value === this.path || (value.startsWith(this.path) && /[._-]/.test(value[this.path.length]))
    else if (name === '#set_separator') {
      if (value.length !== 1) return false
      this.setSeparator = value.charCodeAt(0)
    } else if (name === '#empty_field') this.empty = Buffer.from(value, 'latin1')
    else if (name === '#unset_field') this.unset = Buffer.from(value, 'latin1')
    return true
  }

  setFields(names: readonly string[]): void {
    this.columns = Int8Array.from(names, (name) => this.fieldOf.get(name) ?? -1)
    this.has.length = 0
    for (const field of this.columns) if (field >= 0) this.has[field] = true
  }

  /** Whether the log cannot say what was answered. */
  get namesOnly(): boolean {
    return !this.has[FIELD.answers] || !(this.has[FIELD.rcode] || this.has[FIELD.rcodeName])
  }
}

function unescapeHex(text: string): string {
  return text.replace(/\\x([0-9a-fA-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
}
