import { describe, expect, it } from 'vitest'
import { createRandom } from '../../stats/random.ts'
import { makePayload } from '../payload.ts'
import { ask } from './ask.ts'
import { assertLoopback } from './assert-loopback.ts'
import { LoopbackNameServer } from './name-server.ts'
import { runTransfer } from './run-transfer.ts'

const settings = { address: '127.0.0.1', seed: 7, now: Date.now }

describe('over the loopback', () => {
  it.each(['google.example', 'instagram.test', 'abc.invalid'])(
    'a file arrives as it was sent, by DET’s form under %s',
    async (zone) => {
      const file = makePayload('pdf', 1500, createRandom(7))
      const { asked, sentMd5, arrivedMd5, announcedMd5 } = await runTransfer(file, { ...settings, zone }, () => {})
      expect([arrivedMd5, announcedMd5]).toEqual([sentMd5, sentMd5])
      // 67 characters, the last piece of a message fewer; job, then hexadecimal digits of hexadecimal digits.
      const whole = asked.filter(({ qname }) => qname.length === 67)
      expect(whole.length).toBeGreaterThan(asked.length * 0.8)
      const form = new RegExp(`^[A-Za-z0-9]{7}[0-9a-f]{1,${66 - zone.length - 7}}\\.${zone.replaceAll('.', '\\.')}$`)
      for (const { qname } of asked) expect(qname).toMatch(form)
      const digits = whole.map(({ qname }) => qname.slice(7, 66 - zone.length)).join('')
      expect(digits.length % (66 - zone.length - 7)).toBe(0)
      for (const { from, to } of asked) expect([from.address, to.address]).toEqual(['127.0.0.1', '127.0.0.1'])
    },
  )

  it.each(['localhost', '0.0.0.0', '192.0.2.1', '::', '127.1', '2001:db8::1', 'example.test', ''])(
    'nothing goes to %j',
    async (address) => {
      expect(() => assertLoopback(address)).toThrow('127.0.0.0/8 and ::1 only, written as digits')
      await expect(LoopbackNameServer.start(address, 1)).rejects.toThrow('only, written as digits')
      await expect(ask({ address, port: 53 }, new Uint8Array(12), Date.now)).rejects.toThrow('only, written as digits')
    },
  )

  it('nothing goes out under a zone of somebody’s', async () => {
    await expect(runTransfer(new Uint8Array(10), { ...settings, zone: 'leak.com' }, () => {})).rejects.toThrow(
      '.test, .example and .invalid only',
    )
    const big = new Uint8Array((1 << 20) + 1)
    await expect(runTransfer(big, { ...settings, zone: 'a.test' }, () => {})).rejects.toThrow('1048577 octets')
  })
})
