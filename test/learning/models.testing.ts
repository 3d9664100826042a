import { writeFileSync } from 'node:fs'
import { type Asked, writeLog, writeManifest } from '../../src/datasets/manifest.testing.ts'
import { createRandom, randomInteger } from '../../src/stats/random.ts'

const WORDS = ['www', 'mail', 'cdn', 'img', 'api', 'shop', 'blog', 'news', 'static', 'media', 'login', 'video']

/** Benign names under `domains` registered domains, ten each: no two domains ask for the same, or copies would tie them. */
function hosts(domains: number, seed: number): Asked[] {
  const random = createRandom(seed)
  const word = () => WORDS[randomInteger(random, WORDS.length)]
  return Array.from({ length: domains * 10 }, (_, i) => ({
    second: 1000 + i,
    client: '10.0.0.1',
    name: `${word()}-${word()}${randomInteger(random, 100)}.${word()}${word()}.site${seed}x${Math.floor(i / 10)}.example`,
  }))
}

/** Names that carry hexadecimal digits, of about as many octets. */
function tunnel(count: number, octets: number, zone: string, seed: number): Asked[] {
  const random = createRandom(seed)
  return Array.from({ length: count }, (_, i) => {
    const digits = Array.from({ length: octets + randomInteger(random, 9) }, () =>
      randomInteger(random, 16).toString(16),
    )
    return { second: 1000 + i, client: '10.0.0.2', name: `${digits.join('')}.${zone}` }
  })
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
    writeLog(folder, `t${i}.log`, tunnel(40, tool === 'det' ? 50 : 40, zone, 100 + i))
    rows.push(`t${i}.log,zeek,attack,${tool},lab,${split},capture${i},${zone}`)
  })
  const splits = ['train', 'train', 'dev']
  splits.forEach((split, i) => {
    writeLog(folder, `b${i}.log`, hosts(30, i))
    rows.push(`b${i}.log,zeek,benign,home,net${i},${split},hosts${i},`)
  })
  return writeManifest(folder, rows)
}

/** A table of names with labels, and broken lines that are to be counted and skipped. */
export function writeNames(path: string): void {
  const benign = hosts(40, 9).map(({ name }) => `${name},0`)
  const attack = Array.from({ length: 20 }, (_, i) =>
    tunnel(10, 30, `evil${i}.test`, i).map(({ name }) => `${name},1`),
  ).flat()
  writeFileSync(
    path,
    ['domain,label', ...benign, 'only-one-cell', '"unclosed', 'x.example,maybe', ...attack].join('\n'),
  )
}
