import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { zeekLog } from '../sources/logs/log.testing.ts'

/** One query of a made-up log. */
export interface Asked {
  readonly second: number
  readonly client: string
  readonly name: string
}

/** Writes a Zeek log of queries, all of them answered with an address, into a folder. */
export function writeLog(folder: string, file: string, asked: readonly Asked[]): void {
  const rows = asked.map(
    ({ second, client, name }, i) =>
      `${second} C${i} ${client} ${1024 + i} 10.0.0.2 53 udp ${i} 0.01 ${name} 1 C_INTERNET 1 A 0 NOERROR F F T T 0 192.0.2.1 60 F`,
  )
  writeFileSync(join(folder, file), zeekLog(rows))
}

/** Writes a manifest; each row `file,format,label,family,network,split,group,domains`. Returns its path. */
export function writeManifest(folder: string, rows: readonly string[]): string {
  const path = join(folder, 'MANIFEST.csv')
  writeFileSync(path, `${['file,format,label,family,network,split,group,domains', ...rows].join('\n')}\n`)
  return path
}

const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

/** A folder that goes when the tests of the file are done. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'wakeful-evaluate-'))
  folders.push(folder)
  return folder
}

/** `count` names of `octets` random-looking hexadecimal digits under a domain, one a second. */
export function hexNames(count: number, octets: number, domain: string, client: string, from = 1000): Asked[] {
  let state = 12345
  const digit = () => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0
    return (state >>> 28).toString(16)
  }
  return Array.from({ length: count }, (_, i) => ({
    second: from + i,
    client,
    name: `${Array.from({ length: octets }, digit).join('')}.${domain}`,
  }))
}
