/**
 * The forms of iodine's query names by their first character (its client.c; doc/proto_00000502.txt). Handshake names
 * carry Base32 of a few octets; the codec tests carry fixed text that no other program sends.
 */
const FORMS = {
  /** `v` and six octets: the protocol version, always 00 00 05 xx, and two random ones. */
  version: /^vaaaak[a-z0-5]{5}$/i,
  /** `l` and 19 octets: user, MD5 of the password, two counting ones. */
  login: /^l[a-z0-5]{31}$/i,
  /** `z`, three counting characters, and one of five texts that test which octets survive. */
  codecTest: /^z[a-z0-5]{3}aa(?:-aaahhh-|-la-fl.te-|bbccddee|01234567|\xd0\xd1\xd2)/i,
  /** `r`, size and user, then filler: which answers are too large. */
  sizeProbe: /^r[a-z0-5]{3}d.{50,}$/is,
  /** `n`, `y`, `s`, `o`, `i`: answer size, downstream codec, upstream codec, options, address. */
  control: /^(?:n[a-z0-5]{8}|[yso][a-z0-5]{5}|i[a-z0-5]{4})$/i,
  /** `p` and four octets: user, acknowledgement, two counting ones. */
  ping: /^p[a-z0-5]{7}$/i,
  /** User in hexadecimal, three characters of sequence numbers, one that counts modulo 36, the packet. */
  data: /^[0-9a-f][a-z0-5]{3}[a-z0-9]./is,
} as const

export type IodineForm = keyof typeof FORMS

/** The form a name without its domain has; null where it has none. */
export function iodineForm(text: string): IodineForm | null {
  for (const [form, pattern] of Object.entries(FORMS)) if (pattern.test(text)) return form as IodineForm
  return null
}
