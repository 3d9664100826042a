import { type Row, rowsToBatch, wire } from '../../batch/rows.testing.ts'
import { PrefixText } from '../../dns/prefix-text.ts'
import type { QueryContext, QueryFeatureFamily } from './family.ts'

/** Prefixes as hostile as a wire-form name can make them. */
export const HOSTILE_PREFIXES: Readonly<Record<string, Uint8Array>> = {
  nothing: new Uint8Array(0),
  'one octet': wire('a'),
  'a word': wire('www'),
  'labels of 63 octets': wire([63, 63, 63, 61].map((octets) => 'q'.repeat(octets)).join('.')),
  '127 labels of one octet': wire(Array.from({ length: 127 }, (_, i) => String.fromCharCode(97 + (i % 26))).join('.')),
  '8-bit octets': Uint8Array.of(4, 0x80, 0xff, 0xc3, 0x28, 2, 0xfe, 0xff),
  'every octet but capitals and dots': everyOctet(),
  'dots inside labels': Uint8Array.of(3, 0x2e, 0x2e, 0x2e, 5, 0x61, 0x2e, 0x62, 0x2e, 0x63, 1, 0x2e),
  controls: Uint8Array.of(4, 0x00, 0x1b, 0x0a, 0x7f, 1, 0x00),
  capitals: wire('WwW.EXAMPLE'),
  digits: wire('0123456789.0'),
  'base32 payload': wire('mfrggzdfmztwq2lknnwg23tpobyxe43u.ov3ho6dzpiydcmrtgq2tmnzyhe'),
  'a label that runs past its end': Uint8Array.of(1, 0x61, 63, 0x62, 0x63),
}

/** 229 octets in four labels: capitals would be folded, and a dot stands between labels. */
function everyOctet(): Uint8Array {
  const octets = Array.from({ length: 256 }, (_, octet) => octet).filter(
    (octet) => octet !== 0x2e && !(octet >= 0x41 && octet <= 0x5a),
  )
  const labels = [0, 58, 116, 174].map((from) => octets.slice(from, from + 58))
  return Uint8Array.from(labels.flatMap((label) => [label.length, ...label]))
}

/** An exchange whose prefix is these octets in wire form; its row is an answered A query unless told otherwise. */
export function contextOf(prefix: Uint8Array | string, row: Partial<Row> = {}): QueryContext {
  const octets = typeof prefix === 'string' ? wire(prefix) : prefix
  const text = new PrefixText()
  text.read(octets, 0, octets.length)
  return { prefix: text, languageBits: text.length * 6.5, batch: rowsToBatch([{ qname: 'x.example', ...row }]), row: 0 }
}

/** What a family says, by the names of its features. */
export function valuesOf(family: QueryFeatureFamily, context: QueryContext): Record<string, number> {
  const out = new Float64Array(family.features.length)
  family.extract(context, out, 0)
  return Object.fromEntries(family.features.map(({ name }, i) => [name, out[i]]))
}
