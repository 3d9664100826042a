import { NAME_OCTETS_MAX, parseName } from '../../dns/name.ts'
import { createRandom } from '../../stats/random.ts'
import { foldedText, leakedBy, nameOf, type RowDraft, readDrafts, writeDrafts } from './row-draft.ts'
import type { Leaked, RowSource, Staged } from './staged.ts'

/** A way to ask for the same with less to be seen: rows of a tunnel are made anew, all others stay. */
export interface Transform {
  /** Kebab-case, unique. */
  readonly name: string
  /** One sentence: what becomes of the tunnel's rows. */
  readonly description: string
  /** The capture as the transform leaves it. `domains` are the registered domains that are the tunnel's. */
  stage(source: RowSource, domains: readonly string[], seed: number): Staged
}

/** A row of the tunnel, its name cut where its registered domain starts. */
export interface TunnelRow extends RowDraft {
  readonly prefix: Uint8Array
  readonly domain: Uint8Array
  /** Equal for questions of one name, whatever the case of letters. */
  readonly key: string
}

/** Makes the tunnel's rows anew; `rows` are in order of time, and `firstMs` is the time of the capture's first row. */
export type Rewrite = (rows: readonly TunnelRow[], random: () => number, firstMs: number) => RowDraft[]

/** A transform from what it does to the tunnel's rows; `domainsOf` says what they are asked under afterwards. */
export function createTransform(
  name: string,
  description: string,
  rewrite: Rewrite,
  domainsOf: (domains: readonly string[]) => readonly string[] = (domains) => domains,
): Transform {
  return {
    name,
    description,
    stage(source, domains, seed) {
      const leaked: Leaked[] = []
      const wires = domains.map(wireName)
      async function* read(signal: AbortSignal) {
        const drafts = (await readDrafts(source, signal)).sort(byTime)
        const tunnel = drafts.map((draft) => tunnelRow(draft, wires)).filter((row) => row !== undefined)
        const ours = new Set<RowDraft>(tunnel.map(({ origin }) => origin))
        const made = rewrite(
          tunnel.map(({ row }) => row),
          createRandom(seed),
          drafts[0]?.timeMs ?? 0,
        )
        const staged = [...drafts.filter((draft) => !ours.has(draft)), ...made].sort(byTime)
        leaked.length = 0
        // One by one: a call takes no hundred thousand arguments.
        for (const one of leakedBy(staged)) leaked.push(one)
        yield* writeDrafts(staged)
      }
      return { source: { name: source.name, timed: true, read }, domains: domainsOf(domains), leaked }
    },
  }
}

/** Rows of one time keep their order: sorting is stable. */
function byTime(a: RowDraft, b: RowDraft): number {
  return a.timeMs - b.timeMs
}

function tunnelRow(origin: RowDraft, domains: readonly Uint8Array[]): { origin: RowDraft; row: TunnelRow } | undefined {
  const name = nameOf(origin.batch, origin.row)
  const domain = domains.find((wire) => isUnder(name, wire))
  if (!domain) return undefined
  const prefixOctets = name.length - domain.length
  return {
    origin,
    row: { ...origin, prefixOctets, prefix: name.subarray(0, prefixOctets), domain, key: foldedText(name) },
  }
}

/** Whether the name ends with the domain, at the border of a label. */
function isUnder(name: Uint8Array, domain: Uint8Array): boolean {
  const border = name.length - domain.length
  if (border < 0 || foldedText(name.subarray(border)) !== foldedText(domain)) return false
  let at = 0
  while (at < border) at += 1 + name[at]
  return at === border
}

/** A name in presentation form as wire octets. */
export function wireName(text: string): Uint8Array {
  const wire = new Uint8Array(NAME_OCTETS_MAX + 1)
  const length = parseName(text, wire, 0)
  if (length < 0) throw new Error(`'${text}' is no name`)
  return wire.slice(0, length)
}
