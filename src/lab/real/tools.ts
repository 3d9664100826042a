import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { NamespacePair } from './namespaces.ts'

/** A program of a real tool and what it is started with, in one of the two namespaces. */
export interface Program {
  readonly in: 'client' | 'server'
  readonly program: string
  readonly args: readonly string[]
  /** Time until the next one is started. */
  readonly settleMs: number
}

/** A real tool: what is started, in order, so that it talks. */
export interface RealTool {
  readonly name: string
  readonly zone: string
  programs(pair: NamespacePair): readonly Program[]
}

const PASSWORD = 'labpass'
const TUNNEL = '10.99.0.1'

const iodine: RealTool = {
  name: 'iodine',
  zone: 'io.real.test',
  programs: ({ serverAddress }) => [
    {
      ...{ in: 'server', program: 'iodined', settleMs: 1000 },
      args: ['-f', '-c', '-P', PASSWORD, '-l', serverAddress, '-d', 'dns0', `${TUNNEL}/24`, iodine.zone],
    },
    {
      ...{ in: 'client', program: 'iodine', settleMs: 6000 },
      args: ['-f', '-r', '-P', PASSWORD, '-d', 'dns0', serverAddress, iodine.zone],
    },
    // What leaves: packets with a pattern that is no secret.
    {
      in: 'client',
      program: 'ping',
      args: ['-c', '20', '-i', '0.3', '-s', '400', '-p', '6c6162', TUNNEL],
      settleMs: 8000,
    },
  ],
}

const dns2tcp: RealTool = {
  name: 'dns2tcp',
  zone: 'd2t.real.test',
  programs({ serverAddress }) {
    const folder = mkdtempSync(join(tmpdir(), 'wakeful-dns2tcp-'))
    const settings = join(folder, 'dns2tcpd.conf')
    const lines = ['listen = 0.0.0.0', 'port = 53', 'user = nobody', `chroot = ${folder}`, `domain = ${dns2tcp.zone}`]
    writeFileSync(settings, [...lines, `key = ${PASSWORD}`, 'resources = sink:127.0.0.1:9000', ''].join('\n'))
    const sink = "require('net').createServer((s) => s.resume()).listen(9000, '127.0.0.1')"
    const source =
      "const s = require('net').connect(8888, '127.0.0.1'); let n = 0; const t = setInterval(() => { s.write('lab '.repeat(100)); if (++n === 15) { clearInterval(t); s.end() } }, 300); s.on('error', () => process.exit())"
    return [
      { in: 'server', program: process.execPath, args: ['-e', sink], settleMs: 500 },
      { in: 'server', program: 'dns2tcpd', args: ['-F', '-d', '1', '-f', settings], settleMs: 1000 },
      {
        ...{ in: 'client', program: 'dns2tcpc', settleMs: 2000 },
        args: ['-z', dns2tcp.zone, '-k', PASSWORD, '-r', 'sink', '-l', '8888', '-T', 'TXT', serverAddress],
      },
      { in: 'client', program: process.execPath, args: ['-e', source], settleMs: 7000 },
    ]
  },
}

/** Every real tool that Debian has: one line a tool. */
export const realTools: readonly RealTool[] = [iodine, dns2tcp]
