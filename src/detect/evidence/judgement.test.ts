import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { createRandom } from '../../stats/random.ts'
import { isEven } from './evenness.ts'
import { inflate } from './inflate.ts'
import { findMagic } from './magic.ts'
import { kindOf } from './payload.ts'
import { previewOctets, previewText } from './preview.ts'
import { printableShare } from './printable.ts'

const latin1 = (text: string) => Buffer.from(text, 'latin1')

test('kinds of file by their first octets', () => {
  expect(findMagic(latin1('\x89PNG\r\n\x1a\n\0\0\0\rIHDR'))).toBe('PNG')
  expect(findMagic(gzipSync('a text to pack'))).toBe('gzip')
  expect(findMagic(latin1('PK\x03\x04\x14\0\0\0\x08\0 more'))).toBe('ZIP')
  expect(findMagic(latin1('\xff\xd8\xff\xe0\0\x10JFIF\0'))).toBe('JPEG')
  expect(findMagic(latin1('%PDF-1.7\n%\xe2\xe3\xcf\xd3'))).toBe('PDF')
  expect(findMagic(latin1('-----BEGIN RSA PRIVATE KEY-----'))).toBe('PEM')
  expect(findMagic(latin1('-----BEGIN OPENSSH PRIVATE KEY-----\n'))).toBe('OpenSSH key')
  expect(findMagic(latin1('openssh-key-v1\0\0\0\0\x04none'))).toBe('OpenSSH key')
  expect(findMagic(latin1('\x7fELF\x02\x01\x01\0\0\0\0\0'))).toBe('ELF')
  const dos = new Uint8Array(64)
  dos.set([0x4d, 0x5a, 0x90, 0, 3, 0, 0, 0, 4, 0, 0, 0, 0xff, 0xff])
  expect(findMagic(dos)).toBe('DOS/PE')
})

test('text that happens to begin like a program is none', () => {
  expect(findMagic(latin1('MZ is the mark of Mark Zbikowski, not of this'))).toBeNull()
})

test('noise is no kind of file, in 200,000 tries', () => {
  const random = createRandom(1)
  const noise = new Uint8Array(48)
  let found = 0
  for (let i = 0; i < 200_000; i++) {
    for (let at = 0; at < noise.length; at++) noise[at] = random() * 256
    if (kindOf(noise)) found++
  }
  expect(found).toBe(0)
})

test('inflating is bounded and gives up quietly', () => {
  expect(inflate(latin1('x\x9cnot a stream at all, just text'))).toBeNull()
  expect(inflate(new Uint8Array(0))).toBeNull()
})

test('previews hold no control codes and no more than 64 octets', () => {
  expect(previewText(latin1('\x1b[31m\\x\0\x7f\xff ok'))).toBe('\\x1b[31m\\x5cx\\x00\\x7f\\xff ok')
  expect(previewText(new Uint8Array(1000).fill(0x41))).toHaveLength(64)
  expect(previewOctets(Uint8Array.of(0, 255))).toBe('00 ff')
})

test('UTF-8 counts as printable, its broken pieces do not', () => {
  expect(printableShare(Buffer.from('Grüße, 你好'))).toBe(1)
  expect(printableShare(latin1('\xc3\xc3\xc3a'))).toBe(0.25)
  expect(printableShare(new Uint8Array(0))).toBe(0)
})

test('noise uses an alphabet evenly, names do not', () => {
  const random = createRandom(2)
  const hex = Array.from({ length: 512 }, () => '0123456789abcdef'[Math.floor(random() * 16)]).join('')
  expect(isEven(hex, '0123456789abcdef')).toBe(true)
  expect(isEven(hex.slice(0, 100), '0123456789abcdef')).toBe(false)
  expect(isEven(`${hex}g`, '0123456789abcdef')).toBe(false)
  expect(isEven('deadbeefcafe'.repeat(40), '0123456789abcdef')).toBe(false)
})
