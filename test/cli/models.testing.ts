import { writeFileSync } from 'node:fs'
import { hexNames, writeLog, writeManifest } from '../../src/datasets/manifest.testing.ts'

/** Benign names under `domains` registered domains, ten each. */
function hosts(domains: number, from: number) {
  const words = ['www', 'mail', 'cdn', 'img', 'api', 'shop', 'blog', 'news', 'ns1', 'static']
  return Array.from({ length: domains * words.length }, (_, i) => ({
    second: 1000 + i,
    client: '10.0.0.1',
    name: `${words[i % words.length]}.site${from + Math.floor(i / words.length)}.example`,
  }))
}

/** A manifest of made-up logs: tunnels of two tools and benign hosts, some of each held out. Returns its path. */
export function writeTraffic(folder: string): string {
  const rows: string[] = []
  const tunnels = [
    ...([
      ['det', 'train'],
      ['det', 'train'],
      ['det', 'dev'],
    ] as const),
    ...([
      ['iodine', 'train'],
      ['iodine', 'train'],
      ['iodine', 'train'],
      ['iodine', 'dev'],
    ] as const),
  ]
  tunnels.forEach(([tool, split], i) => {
    const zone = `tunnel${i}.test`
    writeLog(folder, `t${i}.log`, hexNames(40, tool === 'det' ? 60 : 44, zone, '10.0.0.2', 1000 + 37 * i))
    rows.push(`t${i}.log,zeek,attack,${tool},lab,${split},capture${i},${zone}`)
  })
  const splits = ['train', 'train', 'dev']
  splits.forEach((split, i) => {
    writeLog(folder, `b${i}.log`, hosts(30, 100 * i))
    rows.push(`b${i}.log,zeek,benign,home,net${i},${split},hosts${i},`)
  })
  return writeManifest(folder, rows)
}

/** A table of names with labels, and broken lines that are to be counted and skipped. */
export function writeNames(path: string): void {
  const benign = hosts(40, 0).map(({ name }) => `${name},0`)
  const attack = Array.from({ length: 20 }, (_, i) =>
    hexNames(10, 30 + i, `evil${i}.test`, '10.0.0.2').map(({ name }) => `${name},1`),
  ).flat()
  writeFileSync(
    path,
    ['domain,label', ...benign, 'only-one-cell', '"unclosed', 'x.example,maybe', ...attack].join('\n'),
  )
}
