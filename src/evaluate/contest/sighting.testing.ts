import type { ManifestRow } from '../../datasets/manifest.ts'
import { windowFeatures } from '../../features/window/index.ts'
import { createRandom, randomInteger } from '../../stats/random.ts'
import type { Sighting } from './sighting.ts'

const ROW: ManifestRow = {
  ...{ path: '', file: 'a.pcap', format: 'pcap', label: 'benign', family: 'office', network: 'here', split: 'train' },
  group: 'a',
  domains: [],
}

export function rowOf(part: Partial<ManifestRow> = {}): ManifestRow {
  return { ...ROW, ...part }
}

/** A sighting of some prefixes, asked in turn, a second apart; what is left out is benign and asks for addresses. */
export function sightingOf(asked: readonly string[], part: Partial<Sighting> = {}): Sighting {
  const prefixes = [...new Set(asked)]
  return {
    ...{ row: ROW, domain: 'site.test', lo: 1, hi: 1, attack: false },
    ...{ queries: asked.length, addressQueries: asked.length, prefixes },
    times: asked.map((_, i) => i * 1000),
    asked: asked.map((prefix) => prefixes.indexOf(prefix)),
    window: Float64Array.from(windowFeatures, (_, i) => prefixes.length + i),
    ...part,
  }
}

/** Hosts as people name them, `count` of them under as many domains. */
export function benignSightings(count: number): Sighting[] {
  const hosts = ['www', 'mail', 'api', 'static', 'cdn', 'login', 'shop', 'news']
  return Array.from({ length: count }, (_, i) =>
    sightingOf(
      hosts.slice(i % 5, (i % 5) + 1 + (i % 3)).map((host) => `${host}${i % 4}`),
      { domain: `site${i}.test`, lo: i, hi: i * 7 },
    ),
  )
}

/** A tunnel of `count` names of 40 octets in base32. */
export function tunnelSighting(count: number): Sighting {
  const letters = 'abcdefghijklmnopqrstuvwxyz234567'
  const random = createRandom(1)
  const payload = () => Array.from({ length: 40 }, () => letters[randomInteger(random, letters.length)]).join('')
  const names = Array.from({ length: count }, () => `${payload()}.t`)
  const row = rowOf({ label: 'attack', family: 'iodine', domains: ['tunnel.test'] })
  return sightingOf(names, { row, domain: 'tunnel.test', attack: true, addressQueries: 0 })
}
