import { describe, expect, it } from 'vitest'
import { addressGuard } from './address-guard.ts'

const guard = addressGuard([])

describe('O6: what a webhook may be sent to', () => {
  it.each([
    '1.1.1.1',
    '93.184.216.34',
    '2606:4700::1111',
    '::ffff:8.8.8.8',
    '172.15.255.255',
    '172.32.0.0',
    '100.63.255.255',
  ])('%s is public', (address) => {
    expect(guard(address)).toBeUndefined()
  })

  it.each([
    ...['127.0.0.1', '10.1.2.3', '192.168.1.1', '172.16.0.1', '172.31.255.255', '169.254.1.1', '0.0.0.0', '100.64.0.1'],
    ...['224.0.0.1', '255.255.255.255', '198.18.0.1', '192.0.2.1', '203.0.113.9'],
    ...['::1', '::', 'fe80::1', 'fe80::1%eth0', 'fc00::1', 'fd12::1', 'ff02::1', '[::1]'],
    ...[
      '::ffff:127.0.0.1',
      '::ffff:7f00:1',
      '::ffff:a9fe:a9fe',
      '::127.0.0.1',
      '64:ff9b::7f00:1',
      '2002:7f00:1::',
      '2001:db8::1',
    ],
    ...['localhost', '', '127.1', '0x7f.1', '2130706433'],
  ])('%s is refused', (address) => {
    expect(guard(address)).toBeTypeOf('string')
  })

  it('lets pass the networks that are allowed, and no others', () => {
    const ours = addressGuard(['10.1.0.0/16', 'fd12::/16'])
    expect(ours('10.1.2.3')).toBeUndefined()
    expect(ours('::ffff:10.1.2.3')).toBeUndefined()
    expect(ours('fd12::9')).toBeUndefined()
    expect(ours('10.2.0.1')).toBeTypeOf('string')
  })

  it.each(['169.254.169.254', '::ffff:169.254.169.254', '::ffff:a9fe:a9fe', 'fd00:ec2::254', '100.100.100.200'])(
    '%s is refused whatever is allowed',
    (address) => {
      expect(addressGuard(['0.0.0.0/0', '::/0'])(address)).toContain('secrets')
    },
  )
})
