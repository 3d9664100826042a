/** What is said of one message. */
export interface Prediction {
  readonly score: number
  readonly malicious: boolean
  readonly reasons: readonly string[]
}

/** Figures of a score: more would promise more than it knows. */
const FIGURES = 6

const BACKSLASH = 0x5c
const DOT = 0x2e
const QUOTE = 0x22

/**
 * Writes predictions (DESIGN.md 8): `{"kind":"prediction","id":"<topic>/<partition>/<offset>","qname","registeredDomain",
 * "score","label","reasons":[]}`. Built by hand, since there is one a message and its parts are known: names are escaped after
 * RFC 4343 and then for JSON in one pass over the octets, which leaves printable ASCII.
 */
export class PredictionWriter {
  private readonly head: string

  /** `topic` has been checked to be a topic's name: letters, digits, `.`, `_` and `-`. */
  constructor(topic: string, partition: number) {
    this.head = `{"kind":"prediction","id":${JSON.stringify(`${topic}/${partition}/`).slice(0, -1)}`
  }

  /** The registered domain stands within the name, at `domainStart`; where there is none, `domainLength` is 0. */
  write(
    offset: number,
    arena: Uint8Array,
    name: { readonly start: number; readonly length: number },
    domain: { readonly start: number; readonly length: number },
    prediction: Prediction,
  ): string {
    const { score, malicious, reasons } = prediction
    const qname = nameText(arena, name.start, name.length, false)
    const registered = nameText(arena, domain.start, domain.length, true)
    return `${this.head}${offset}","qname":"${qname}","registeredDomain":"${registered}","score":${figures(score)},"label":"${malicious ? 'malicious' : 'benign'}","reasons":${reasons.length === 0 ? '[]' : JSON.stringify(reasons)}}`
  }

  /** A prediction of a row of features, which has no name. */
  writeNameless(offset: number, { score, malicious, reasons }: Prediction): string {
    return `${this.head}${offset}","qname":null,"registeredDomain":null,"score":${figures(score)},"label":"${malicious ? 'malicious' : 'benign'}","reasons":${JSON.stringify(reasons)}}`
  }
}

function figures(score: number): string {
  return String(Number(score.toPrecision(FIGURES)))
}

/** A wire-form name in presentation form, ready to stand between the quotes of a JSON string; folded where it is a key. */
function nameText(bytes: Uint8Array, start: number, length: number, fold: boolean): string {
  if (length === 0) return '.'
  let text = ''
  const end = start + length
  for (let at = start; at < end; ) {
    if (at > start) text += '.'
    const labelEnd = Math.min(at + 1 + bytes[at], end)
    for (at++; at < labelEnd; at++) {
      const octet = bytes[at]
      if (octet === BACKSLASH) text += '\\\\\\\\'
      else if (octet === DOT) text += '\\\\.'
      else if (octet === QUOTE) text += '\\"'
      else if (octet < 0x21 || octet > 0x7e) text += `\\\\${String(octet).padStart(3, '0')}`
      else text += String.fromCharCode(fold && octet >= 0x41 && octet <= 0x5a ? octet + 32 : octet)
    }
  }
  return text
}
