import { createDecipheriv, createHash } from 'node:crypto'
import { inflateSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { createRandom } from '../../stats/random.ts'
import { splitName } from '../names.ts'
import { latin1 } from '../octets.ts'
import { makePayload } from '../payload.ts'
import { det, detPlain } from './det.ts'
import { dns2tcp } from './dns2tcp.ts'
import { dnscat2, dnscat2Plain } from './dnscat2.ts'
import { dnsExfiltrator, dnsExfiltratorBase32, dnsExfiltratorSmall } from './dnsexfiltrator.ts'
import { iodineBase32, iodineBase128 } from './iodine.ts'
import { rc4 } from './rc4.ts'
import { base32Symbols } from './symbols.ts'

const payload = makePayload('text', 3000, createRandom(1))
const lengths = (qname: string) => splitName(qname).map((label) => label.length)

/** What real clients asked in the lab (reference/lab.md 8) tells whether the imitation is one. */
describe('names of real tools', () => {
  test('dnscat2, its text in the clear', () => {
    const names = [
      '0dcd00a2563fcb0001636f6e736f6c652028766d2900.dc2.willow.example',
      [
        '849001a2563fcb3fc1616374696f6e31393737332c636c6f736564383533.32302c71756172746572393439352c6e6f72746837393332',
        '2c71756172.74657236363531312c6f72646572343931352c726567696f6e3536383339.2c726576696577393135370a69',
        '.dc2.willow.example',
      ].join(''),
    ]
    expect(String.fromCharCode(...dnscat2Plain.decode!(names, 'dc2.willow.example'))).toBe(
      'action19773,closed85320,quarter9495,north7932,quarter66511,order4915,region56839,review9157\ni',
    )
  })

  test('dns2tcp, between its polls', () => {
    const names = ['AAAAAPMQAA.=auth.example.attack', 'WwoACQAKBA.example.attack', 'WwoAAAALCHJvb3QK.example.attack']
    expect(String.fromCharCode(...dns2tcp.decode!(names, 'example.attack'))).toBe('root\n')
  })
})

describe('DET', () => {
  const names = det.encode(payload, 'google.example', createRandom(2)).map(({ qname }) => qname)

  test('fills all names but the last of a message to 67 characters', () => {
    const longest = names.filter((qname) => qname.length === 67).length
    expect(Math.max(...names.map((qname) => qname.length))).toBe(67)
    expect(longest / names.length).toBeGreaterThan(0.9)
    expect(new Set(names.map((qname) => qname.slice(0, 7))).size).toBe(1)
    expect(new Set(names[0].slice(0, 7)).size).toBe(7)
  })

  test('hexes twice, so every pair is a digit or a letter from a to f, or of the head', () => {
    const digits = names.map((qname) => qname.slice(7).split('.')[0]).join('')
    const pairs = digits.match(/../g)!
    expect(pairs.filter((pair) => /^(3\d|6[1-6])$/.test(pair)).length / pairs.length).toBeGreaterThan(0.85)
  })

  test('says what it sends first and when it is done', () => {
    const text = Buffer.from(names.map((qname) => qname.slice(7).split('.')[0]).join(''), 'hex').toString('latin1')
    const job = names[0].slice(0, 7)
    const sum = createHash('md5').update(payload).digest('hex')
    expect(text).toMatch(new RegExp(`^${job}\\|!\\|[a-z]+\\.[a-z]+\\|!\\|REGISTER\\|!\\|${sum}${job}\\|!\\|0\\|!\\|`))
    expect(text).toMatch(/\|!\|\d+\|!\|DONE$/)
    const stream = Buffer.from(
      [...text.matchAll(/\|!\|\d+\|!\|([0-9a-f]+)(?=.{7}\|)/g)].map(([, hex]) => hex).join(''),
      'hex',
    )
    const key = createHash('sha256').update('THISISACRAZYKEY').digest()
    const decipher = createDecipheriv('aes-256-cbc', key, stream.subarray(0, 16))
    const file = inflateSync(Buffer.concat([decipher.update(stream.subarray(16)), decipher.final()]))
    expect(Buffer.compare(file, payload)).toBe(0)
  })

  test('refuses zones it cannot use', () => {
    const long = `${'a'.repeat(55)}.test`
    expect(() => det.encode(payload, long, createRandom(1))).toThrow(/3 to 58 characters/)
    expect(detPlain.encode(payload, 'a.test', createRandom(1))[0].qname).toHaveLength(67)
  })
})

describe('iodine', () => {
  test('greets and cuts as in the lab', () => {
    const names = iodineBase128.encode(makePayload('random', 2000, createRandom(3)), 't1.golf.test', createRandom(4))
    const all = names.map(({ qname }) => qname)
    expect(all.map((qname) => qname[0]).join('')).toMatch(/^vlyz{5}soor{7}n[0-3p]+$/)
    expect(lengths(all[0])).toEqual([11, 2, 4, 4])
    expect(lengths(all[1])).toEqual([32, 2, 4, 4])
    expect(lengths(all[2])).toEqual([6, 2, 4, 4])
    expect(all[3]).toMatch(/^z...aA-Aaahhh-Drink-mal-ein-J\\228germeister-\.t1\.golf\.test$/)
    expect(lengths(all.find((qname) => qname.startsWith('r'))!)).toEqual([62, 57, 57, 57, 3, 2, 4, 4])
    const data = all.filter((qname) => /^[0-3]/.test(qname))
    expect(lengths(data[0])).toEqual([62, 57, 57, 57, 3, 2, 4, 4])
    expect(new Set(names.map(({ qtype }) => qtype)).size).toBe(1)
  })

  test('begins small packets alike, as zlib at best level does', () => {
    const names = iodineBase128.encode(Uint8Array.of(108, 115), 't1.golf.test', createRandom(4))
    expect(names.find(({ payloadOctets }) => payloadOctets > 0)!.qname.slice(5)).toMatch(/^82\\202/)
  })

  test('uses fewer octets a name in Base32', () => {
    const names = iodineBase32.encode(payload, 'u32.basalt.example', createRandom(4)).map(({ qname }) => qname)
    expect(lengths(names.find((qname) => /^[0-3]/.test(qname))!)).toEqual([62, 57, 57, 53, 3, 6, 7])
    expect(names.join('')).toMatch(/^[\x21-\x7e]+$/)
  })
})

test('dnscat2 with its cipher greets with a key, counts nonces, and is as long as in the lab', () => {
  const names = dnscat2.encode(payload, 'tx.xenon.test', createRandom(5))
  expect(names[0].qname).toMatch(/^.{4}03.{4}00000000/)
  expect(names[1].qname).toMatch(/^.{4}00.{4}.{12}0000/)
  expect(names[2].qname).toMatch(/^.{4}01.{4}.{12}0001/)
  expect(lengths(names[2].qname)).toEqual([60, 60, 60, 36, 2, 5, 4])
  expect(new Set(names.map(({ qtype }) => qtype))).toEqual(new Set([5, 15, 16]))
})

test('dns2tcp fills names as in the public captures', () => {
  const names = dns2tcp.encode(payload, 'leaky.attack.test', createRandom(5))
  expect(names[0].qname).toMatch(/^AAAAA.{5}\.=auth\./)
  expect(lengths(names.find(({ payloadOctets }) => payloadOctets > 0)!.qname).slice(0, 2)).toEqual([63, 63])
})

test('DNSExfiltrator cuts as in the seed data', () => {
  const zone = 'seg4910research.test'
  const cuts = (encoder: typeof dnsExfiltrator) => lengths(encoder.encode(payload, zone, createRandom(6))[3].qname)
  expect(cuts(dnsExfiltrator)).toEqual([1, 63, 63, 63, 30, 15, 4])
  expect(cuts(dnsExfiltratorSmall).slice(1, 4)).toEqual([23, 23, 23])
  const [init] = dnsExfiltratorBase32.encode(payload, zone, createRandom(6))
  const [first, start, base] = splitName(init.qname)
  expect([first, base]).toEqual(['init', 'base32'])
  expect(String.fromCharCode(...base32Symbols.decode(start))).toMatch(/^[a-z]+\.[a-z]+\|\d+$/)
})

test('RC4 is RC4', () => {
  expect(Buffer.from(rc4(latin1('Key'), latin1('Plaintext'))).toString('hex')).toBe('bbf316e8d940af0ad3')
})
