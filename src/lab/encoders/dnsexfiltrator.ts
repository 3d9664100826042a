import { zip } from '../containers.ts'
import { composeName, cut, prefixesUnder } from '../names.ts'
import { pick, randomText } from '../noise.ts'
import { latin1 } from '../octets.ts'
import { QTYPE } from '../qtypes.ts'
import { words } from '../words.ts'
import { assertLabZone } from '../zone.ts'
import type { EncodedName, Encoder } from './encoder.ts'
import { rc4 } from './rc4.ts'
import { createShare } from './share.ts'
import { base32Symbols, base64UrlSymbols, type Symbols } from './symbols.ts'

interface Options {
  readonly name: string
  readonly description: string
  readonly payloadOctetsAName: number
  readonly text: Symbols
  /** ZIP and RC4 first, as the tool does always. */
  readonly cipher: boolean
  readonly labelOctets?: number
  /** Longest name, `requestMaxSize`. */
  readonly nameOctets?: number
}

/**
 * DNSExfiltrator (Arno0x, `dnsExfiltrator.cs`): `init.<base32 of file|chunks>.base64.zone`, then
 * `<counter>.<data>.<data>...zone`, TXT all of them. Data fill labels; the last one takes what is left, so that in
 * `data/seeds/alansary-2022` labels run 63, 63, 63, 32 or 23, 23, 23, 2.
 */
export function createDnsExfiltrator(options: Options): Encoder {
  const { name, description, payloadOctetsAName, text, cipher, labelOctets = 63, nameOctets = 255 } = options
  const encoder: Encoder = {
    name,
    description,
    payloadOctetsAName,
    encode(payload, zone, random) {
      assertLabZone(zone)
      const file = `${pick(random, words)}.${pick(random, ['csv', 'pdf', 'docx'])}`
      const key = latin1(randomText(random, 12, 'abcdefghijklmnopqrstuvwxyz'))
      const data = text.encode(cipher ? rc4(key, zip(file, payload)) : payload)
      const room = nameOctets - 10 - (zone.length + 2)
      const chunk = Math.floor(room / (labelOctets + 1)) * labelOctets + Math.max(0, (room % (labelOctets + 1)) - 1)
      if (chunk < 1) throw new Error(`no room before '${zone}' in names of ${nameOctets} octets`)
      const start = base32Symbols.encode(latin1(`${file}|${Math.floor(data.length / chunk) + 1}`)).toUpperCase()
      const base = text === base64UrlSymbols ? 'base64' : 'base32'
      const names: EncodedName[] = [
        { qname: composeName(['init', start, base], zone), qtype: QTYPE.TXT, payloadOctets: 0 },
      ]
      const share = createShare(data.length, payload.length)
      cut(data, chunk).forEach((piece, count) => {
        const qname = composeName([String(count), ...cut(piece, labelOctets)], zone)
        names.push({ qname, qtype: QTYPE.TXT, payloadOctets: share(piece.length) })
      })
      return names
    },
  }
  if (cipher) return encoder
  const decode = (names: readonly string[], zone: string) => {
    const chunks = prefixesUnder(names, zone).filter(([first]) => first !== 'init')
    return text.decode(chunks.map((labels) => labels.slice(1).join('')).join(''))
  }
  return { ...encoder, decode }
}

export const dnsExfiltrator = createDnsExfiltrator({
  name: 'dnsexfiltrator',
  description: 'DNSExfiltrator: counter, then Base64url of an RC4-ciphered ZIP in labels of 63.',
  payloadOctetsAName: 162.5,
  text: base64UrlSymbols,
  cipher: true,
})

/** The commonest shape of `data/seeds/alansary-2022`: names of 99 or 100 characters. */
export const dnsExfiltratorSmall = createDnsExfiltrator({
  name: 'dnsexfiltrator-small',
  description: 'DNSExfiltrator with labels of 23 in names of 105 octets.',
  payloadOctetsAName: 54.5,
  text: base64UrlSymbols,
  cipher: true,
  labelOctets: 23,
  nameOctets: 105,
})

const upperBase32: Symbols = { ...base32Symbols, encode: (octets) => base32Symbols.encode(octets).toUpperCase() }

export const dnsExfiltratorBase32 = createDnsExfiltrator({
  name: 'dnsexfiltrator-base32',
  description: 'DNSExfiltrator -b32: counter, then upper-case Base32 of an RC4-ciphered ZIP in labels of 63.',
  payloadOctetsAName: 134.7,
  text: upperBase32,
  cipher: true,
})

export const dnsExfiltratorPlain = createDnsExfiltrator({
  name: 'dnsexfiltrator-plain',
  description: "The shape of DNSExfiltrator around the file's own octets; the tool has no such mode.",
  payloadOctetsAName: 165.2,
  text: base64UrlSymbols,
  cipher: false,
})
