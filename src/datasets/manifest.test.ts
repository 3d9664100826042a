import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryFolder, writeManifest } from './manifest.testing.ts'
import { readManifest } from './manifest.ts'

describe('readManifest', () => {
  it('reads cells with and without quotes, and puts paths beside the manifest', () => {
    const folder = temporaryFolder()
    const path = writeManifest(folder, [
      'a/b.pcap,pcap,attack,"hex, ""odd"" exfil",lab,dev,b,one.example;two.example',
      'c.log,zeek,benign,home,net,train,c,',
    ])
    expect(readManifest(path)).toEqual([
      {
        path: join(folder, 'a', 'b.pcap'),
        file: 'a/b.pcap',
        format: 'pcap',
        label: 'attack',
        family: 'hex, "odd" exfil',
        network: 'lab',
        split: 'dev',
        group: 'b',
        domains: ['one.example', 'two.example'],
      },
      expect.objectContaining({ file: 'c.log', label: 'benign', domains: [] }),
    ])
  })

  it('takes columns by name, whatever their order, and lines ended as on Windows', () => {
    const path = join(temporaryFolder(), 'MANIFEST.csv')
    const head = 'notes,split,label,file,format,network,family,domains,group'
    writeFileSync(path, `${head}\r\n"a, note",dev,mixed,x.pcap,pcap,n,f,*,g\r\n`)
    expect(readManifest(path)).toMatchObject([{ file: 'x.pcap', label: 'mixed', split: 'dev', domains: ['*'] }])
  })

  it('says in one sentence what is wrong', () => {
    const folder = temporaryFolder()
    const manifest = (text: string) => {
      const path = join(folder, 'MANIFEST.csv')
      writeFileSync(path, text)
      return () => readManifest(path)
    }
    expect(() => readManifest(join(folder, 'absent.csv'))).toThrow(/ENOENT/)
    expect(manifest('')).toThrow(/has no column "file"\.$/)
    expect(manifest('file,format,label\n')).toThrow(/has no column "family"\.$/)
    const typo = writeManifest(folder, ['x.pcap,pcap,benin,f,n,dev,g,'])
    expect(() => readManifest(typo)).toThrow(/the label "benin"/)
    const nameless = writeManifest(folder, [',pcap,benign,f,n,dev,g,'])
    expect(() => readManifest(nameless)).toThrow(/a row without a file/)
  })
})
