import type { ManifestRow } from '../../datasets/manifest.ts'
import type { DetectionModel } from '../../detect/detection-model.ts'
import { RESPONSE_WAIT_MS } from '../../pipeline/scan.ts'
import { openSources } from '../../sources/index.ts'
import { findInputs } from '../../sources/inputs/find-inputs.ts'
import type { Source } from '../../sources/source.ts'
import type { CaptureTransform } from '../evasion-captures.ts'
import type { Scene } from '../evasion-staged.ts'
import { collectUnits, toolOfRow } from './collect-units.ts'
import type { Pools } from './compose-stream.ts'
import type { Unit } from './unit.ts'

/** What of the lab makes traffic anew; handed in, as nothing but tests and the program may reach for it. */
export interface AdaptationLab {
  readonly transforms: readonly CaptureTransform[]
  readonly lookupScenes: readonly Scene[]
}

/** Benign domains a file may give, and rows a domain has at least: one query says nothing of a service. */
const DOMAINS_A_FILE = 400
const DOMAIN_ROWS_MIN = 2
const SLOWER = 10

/** Reads all traffic once with the product, as it is and as drift makes it. */
export async function collectPools(
  rows: readonly ManifestRow[],
  model: DetectionModel,
  lab: AdaptationLab,
  say: (text: string) => void,
): Promise<Pools> {
  const usable = rows.filter(({ format, label, domains }) => {
    if (!/^(pcap|pcapng|zeek)/.test(format)) return false
    return label === 'benign' || (domains.length > 0 && !domains.includes('*'))
  })
  const tunnels: Unit[] = []
  const slower: Unit[] = []
  const base32: Unit[] = []
  const words: Unit[] = []
  const benign: Unit[] = []
  for (const [i, row] of usable.entries()) {
    if (i % 20 === 0) say(`reading ${i + 1} of ${usable.length}`)
    // A list has no times, and a stream needs them.
    if (!(await open(row))) continue
    const from = { id: row.file, domains: row.label === 'benign' ? [] : row.domains, tool: toolOfRow(row) }
    const read = async (slow = 1) => collectUnits({ ...from, source: (await open(row))!, slower: slow }, model)
    if (row.label === 'benign') {
      const some = (await read()).filter((unit) => unit.rows >= DOMAIN_ROWS_MIN)
      benign.push(...some.slice(0, DOMAINS_A_FILE))
      continue
    }
    tunnels.push(...(await read()))
    slower.push(...(await read(SLOWER)))
    base32.push(...(await spelled(row, 'as-base32-short', from, model, lab)))
    words.push(...(await spelled(row, 'as-words', from, model, lab)))
  }
  const services: Unit[] = []
  for (const { name, stage } of lab.lookupScenes) {
    services.push(...(await collectUnits({ id: name, source: stage().source, domains: [], tool: 'benign' }, model)))
  }
  const attack = (units: readonly Unit[]) => units.filter((unit) => unit.attack && unit.rows >= 4)
  return {
    ...{ benign: unique(benign), services, tunnels: attack(tunnels), slower: attack(slower) },
    ...{ base32: attack(base32), words: attack(words) },
  }
}

/** A domain that two files hold stands in one unit only, so that it cannot be on both sides of a drift. */
function unique(units: readonly Unit[]): Unit[] {
  const seen = new Set<string>()
  return units.filter(({ id }) => {
    const domain = id.slice(id.lastIndexOf(' '))
    if (seen.has(domain)) return false
    seen.add(domain)
    return true
  })
}

async function spelled(
  row: ManifestRow,
  transform: string,
  from: { id: string; domains: readonly string[]; tool: string },
  model: DetectionModel,
  lab: AdaptationLab,
): Promise<Unit[]> {
  const { stage } = lab.transforms.find(({ name }) => name === transform)!
  const staged = stage((await open(row))!, row.domains, 1)
  return await collectUnits({ ...from, source: staged.source, domains: staged.domains }, model)
}

async function open({ path }: ManifestRow): Promise<Source | undefined> {
  const { timed } = await openSources(await findInputs([path]), { ports: [], responseWaitMs: RESPONSE_WAIT_MS })
  return timed[0]
}
