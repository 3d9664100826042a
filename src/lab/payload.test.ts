import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { createRandom } from '../stats/random.ts'
import { makePayload, payloadKinds } from './payload.ts'

const BEGINNINGS: Record<string, string> = {
  text: 'id,name,mail',
  gzip: '\x1f\x8b\x08',
  png: '\x89PNG\r\n\x1a\n\0\0\0\rIHDR',
  pdf: '%PDF-1.7\n',
  random: '',
}

test.each(payloadKinds)('%s has its length, its beginning, and one content a seed', (kind) => {
  for (const length of [0, 1, 7, 1000, 10_240]) {
    const payload = makePayload(kind, length, createRandom(3))
    expect(payload).toHaveLength(length)
    expect(Buffer.compare(makePayload(kind, length, createRandom(3)), payload)).toBe(0)
    expect(Buffer.from(payload).toString('latin1').startsWith(BEGINNINGS[kind].slice(0, length))).toBe(true)
  }
  expect(Buffer.compare(makePayload(kind, 3000, createRandom(4)), makePayload(kind, 3000, createRandom(5)))).not.toBe(0)
})

test('gzip unpacks to the text it was made of, as far as it goes', () => {
  const packed = makePayload('gzip', 2000, createRandom(3))
  const text = gunzipSync(packed, { finishFlush: 2 }).toString()
  expect(text).toMatch(/^id,name,mail,amount,date,remark\r\n\d{4},[a-z]+,[a-z]+@[a-z]+\.example,/)
  expect(text.length).toBeGreaterThan(3000)
})
