// Rewrites packets of the lab captures so that a copy of them is other people's traffic of the same kind.
import { createSuffixSplit, loadPublicSuffixes } from '../dist/dns/public-suffix.js'
import { createRandom } from '../dist/stats/random.js'

const ETHERNET = 14
const UDP = 17
const HEADER = 12
const POINTERS_MAX = 32
const RECORDS_MAX = 200
/** Where the names stand in RDATA, by type: NS, CNAME, PTR, DNAME at once, MX and SRV behind their numbers. */
const NAME_AT = new Map([
  [2, 0],
  [5, 0],
  [12, 0],
  [39, 0],
  [15, 2],
  [33, 6],
])
/** Letters change places inside their class only: an alphabet of hexadecimal or base32 stays one. */
const CLASSES = ['ae', 'bcdf', 'iou', 'ghjklmnpqrstv', 'wxyz', '01', '2345', '67', '89']
/** A label of the prefix that long, or with a digit, is data; shorter ones are `www` and `mail` in every network. */
const DATA_OCTETS = 16

const suffixes = loadPublicSuffixes()
const split = createSuffixSplit()
const bare = new Uint8Array(256)

/** A table of octets, upper case following lower case. */
function permutation(random) {
  const table = Uint8Array.from({ length: 256 }, (_, octet) => octet)
  for (const letters of CLASSES) {
    const shuffled = [...letters]
    for (let i = shuffled.length - 1; i > 0; i--) {
      const j = Math.floor(random() * (i + 1))
      ;[shuffled[i], shuffled[j]] = [shuffled[j], shuffled[i]]
    }
    for (let i = 0; i < letters.length; i++) {
      table[letters.charCodeAt(i)] = shuffled[i].charCodeAt(0)
      if (letters[i] > '9') table[letters.charCodeAt(i) - 32] = shuffled[i].charCodeAt(0) - 32
    }
  }
  return table
}

/** One copy's key. Copy 0 is the recordings as they are. */
export class Rekeying {
  constructor(copy) {
    const random = createRandom(copy)
    this.copy = copy
    this.zone = permutation(random)
    this.prefix = permutation(random)
    /** Octets already rewritten in the message at hand: names share their tails. */
    this.done = new Set()
  }

  /** Rewrites an Ethernet frame in place; whatever is not IPv4 and UDP with DNS in it gets new addresses at most. */
  frame(bytes, start, end) {
    if (this.copy === 0 || end - start < ETHERNET + 28 || bytes[start + 12] !== 8 || bytes[start + 13] !== 0) return
    const ip = start + ETHERNET
    // Another network: the first octet of both addresses.
    bytes[ip + 12] += this.copy
    bytes[ip + 16] += this.copy
    const header = (bytes[ip] & 15) * 4
    writeChecksum(bytes, ip, header)
    const udp = ip + header
    const fragment = ((bytes[ip + 6] & 0x3f) << 8) | bytes[ip + 7]
    if (bytes[ip + 9] !== UDP || fragment !== 0 || udp + 8 + HEADER > end) return
    // No checksum: RFC 768.
    bytes[udp + 6] = 0
    bytes[udp + 7] = 0
    this.message(bytes, udp + 8, end)
  }

  message(bytes, start, end) {
    this.done.clear()
    const count = (i) => (bytes[start + i] << 8) | bytes[start + i + 1]
    let at = start + HEADER
    for (let question = count(4); question > 0 && at > 0 && at < end; question--) {
      at = this.name(bytes, start, at, end)
      if (at > 0) at += 4
    }
    const records = Math.min(RECORDS_MAX, count(6) + count(8) + count(10))
    for (let record = 0; record < records && at > 0 && at < end; record++) {
      at = this.name(bytes, start, at, end)
      if (at < 0 || at + 10 > end) return
      const type = (bytes[at] << 8) | bytes[at + 1]
      const length = (bytes[at + 8] << 8) | bytes[at + 9]
      const name = NAME_AT.get(type)
      if (name !== undefined && at + 10 + length <= end) this.name(bytes, start, at + 10 + name, at + 10 + length)
      at += 10 + length
    }
  }

  /** Rewrites the labels of a name, pointers followed, and returns where its own octets end; -1 where it is broken. */
  name(bytes, start, at, end) {
    const offsets = []
    let length = 0
    let after = -1
    for (let pointers = 0; at < end; ) {
      const label = bytes[at]
      if (label >= 0xc0) {
        if (at + 1 >= end || pointers++ === POINTERS_MAX) return -1
        if (after < 0) after = at + 2
        at = start + (((label & 0x3f) << 8) | bytes[at + 1])
        end = bytes.length
        continue
      }
      if (label > 63 || length + label + 1 > 254 || at + label >= end) return -1
      if (label === 0) break
      offsets.push(at)
      bare.set(bytes.subarray(at, at + label + 1), length)
      length += label + 1
      at += label + 1
    }
    if (after < 0) after = at + 1
    suffixes.registeredDomainStart(bare, 0, length, split)
    const reverse = isReverse(bare, length)
    for (let i = 0, place = 0; i < offsets.length; place += bytes[offsets[i]] + 1, i++) {
      if (this.done.has(offsets[i])) continue
      this.done.add(offsets[i])
      // Octets and nibbles of addresses, in reverse zones and block lists, stay such.
      if (reverse || (place < split.registeredStart && isNumber(bytes, offsets[i]))) this.rotate(bytes, offsets[i])
      else if (place === split.registeredStart) substitute(bytes, offsets[i], this.zone)
      else if (place < split.registeredStart && isData(bytes, offsets[i])) substitute(bytes, offsets[i], this.prefix)
    }
    return after
  }

  /** A label of an address becomes another of as many digits. */
  rotate(bytes, at) {
    const text = Buffer.from(bytes.buffer, bytes.byteOffset + at + 1, bytes[at])
    const label = text.toString('latin1')
    if (/^[0-9a-f]$/.test(label)) {
      const base = Number.parseInt(label, 16) < 10 ? 10 : 16
      const from = base === 10 ? 0 : 10
      text.write((from + ((Number.parseInt(label, 16) - from + this.copy) % (base - from))).toString(16), 'latin1')
    } else if (/^[1-9]\d{1,2}$/.test(label) && Number(label) < 256) {
      const [from, to] = label.length === 2 ? [10, 100] : [100, 256]
      text.write(String(from + ((Number(label) - from + this.copy) % (to - from))), 'latin1')
    }
  }
}

function isReverse(name, length) {
  const tail = Buffer.from(name.buffer, 0, length).toString('latin1').toLowerCase()
  return tail.endsWith('\x07in-addr\x04arpa') || tail.endsWith('\x03ip6\x04arpa')
}

function isNumber(bytes, at) {
  if (bytes[at] > 3) return false
  for (let i = at + 1; i <= at + bytes[at]; i++) if (bytes[i] < 0x30 || bytes[i] > 0x39) return false
  return true
}

function isData(bytes, at) {
  if (bytes[at] >= DATA_OCTETS) return true
  for (let i = at + 1; i <= at + bytes[at]; i++) if (bytes[i] >= 0x30 && bytes[i] <= 0x39) return true
  return false
}

function substitute(bytes, at, table) {
  for (let i = at + 1; i <= at + bytes[at]; i++) bytes[i] = table[bytes[i]]
}

function writeChecksum(bytes, ip, header) {
  let sum = 0
  for (let i = 0; i < header; i += 2) if (i !== 10) sum += (bytes[ip + i] << 8) | bytes[ip + i + 1]
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16)
  bytes[ip + 10] = (~sum >> 8) & 0xff
  bytes[ip + 11] = ~sum & 0xff
}
