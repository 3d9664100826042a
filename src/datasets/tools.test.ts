import { describe, expect, it } from 'vitest'
import type { ManifestRow } from './manifest.ts'
import { isOfTool, toolOf } from './tools.ts'

describe('toolOf', () => {
  it.each([
    ['dnscat2', 'dnscat2'],
    ['dnscat2 plain + encrypted, search suffix', 'dnscat2'],
    ['dnscat2 without domain', 'dnscat2'],
    ['iodine', 'iodine'],
    ['DET', 'DET'],
    ['DET-like+DNSExfiltrator-like', 'DET'],
    ['hex exfil A+CNAME (hackerlab)', 'hex exfil'],
    // Unknown: by itself, so that no row is left out for a name it happens to begin with.
    ['dnscat3', 'dnscat3'],
    ['', ''],
  ])('%s is %s', (family, tool) => expect(toolOf(family)).toBe(tool))
})

describe('isOfTool', () => {
  const row = (label: ManifestRow['label'], family: string) => ({ label, family }) as ManifestRow

  it('takes a tool by any of its families', () => {
    expect(isOfTool(row('attack', 'dnscat2 without domain'), 'dnscat2')).toBe(true)
    expect(isOfTool(row('mixed', 'DET'), 'det')).toBe(true)
    expect(isOfTool(row('attack', 'iodine'), 'dnscat2')).toBe(false)
  })

  it('takes no benign row, whatever its family is called', () => {
    expect(isOfTool(row('benign', 'iodine'), 'iodine')).toBe(false)
  })
})
