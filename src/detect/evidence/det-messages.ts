/** Between the parts of a message. */
const SEPARATOR = '|!|'

/** One message: `job|!|name|!|REGISTER|!|md5`, `job|!|n|!|HEX` or `job|!|n|!|DONE`, cut where the names end. */
export interface DetMessage {
  readonly text: string
  /** What the hexadecimal of a data message stands for; empty for others. */
  readonly inner: Uint8Array
}

/** The messages in slices of hexadecimal, in order; none where none begins with the job id and the separator. */
export function detMessages(job: string, slices: readonly string[]): DetMessage[] {
  const start = Buffer.from(job + SEPARATOR, 'latin1').toString('hex')
  const whole = slices.join('').toLowerCase()
  const messages: DetMessage[] = []
  for (let at = whole.indexOf(start); at >= 0; ) {
    const next = whole.indexOf(start, at + start.length)
    const text = Buffer.from(whole.slice(at, next < 0 ? undefined : next), 'hex').toString('latin1')
    messages.push({ text, inner: innerOctets(text) })
    at = next
  }
  return messages
}

function innerOctets(text: string): Uint8Array {
  const [, place, content] = text.split(SEPARATOR)
  const carries = /^\d+$/.test(place ?? '') && /^[0-9a-f]+$/i.test(content ?? '')
  return carries ? Buffer.from(content, 'hex') : new Uint8Array(0)
}
