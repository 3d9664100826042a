import { createHash } from 'node:crypto'
import { deserialize, serialize } from 'node:v8'
import { AdaptiveCode } from './adaptive-code.ts'
import { ClientGroup } from './client-group.ts'
import { ClientTallies } from './client-tally.ts'
import { ClosedMinutes } from './closed-minutes.ts'
import { DomainState } from './domain-state.ts'
import { GapStats } from './evidence/gap-stats.ts'
import { FlatTable } from './flat-table.ts'
import { FlowTally } from './flows/flow-tally.ts'
import { HashSet } from './hash-set.ts'
import { MinuteFacts } from './minute-facts.ts'
import { OctetStrings } from './octet-strings.ts'
import { PrefixSamples } from './prefix-samples.ts'
import { RecentSet } from './recent-set.ts'
import { RichStore } from './rich-store.ts'
import { SearchSuffixes } from './search-suffix.ts'
import { Timeline } from './timeline.ts'
import { VantageTracker } from './vantage.ts'

/** A state file that cannot be used; the message is one sentence for the operator. */
export class SnapshotError extends Error {
  override readonly name = 'SnapshotError'
}

const MAGIC = 'wakeful-state 3\n'
const HASH_OCTETS = 64

/** Classes a snapshot may hold, by the name they are written under; nothing else is ever brought to life. */
const CLASSES: Readonly<Record<string, { prototype: object }>> = {
  AdaptiveCode,
  ClientGroup,
  ClientTallies,
  ClosedMinutes,
  DomainState,
  FlatTable,
  FlowTally,
  GapStats,
  HashSet,
  MinuteFacts,
  OctetStrings,
  PrefixSamples,
  RecentSet,
  RichStore,
  SearchSuffixes,
  Timeline,
  VantageTracker,
}
const NAMES = new Map(Object.entries(CLASSES).map(([name, { prototype }]) => [prototype, name]))

/** Key of the class name in a written object; no field of ours is called so. */
const CLASS = '$class'

/** Octets of a snapshot: a magic line, the hash of the rest in hex, and the values as `node:v8` writes them. */
export function encodeSnapshot(values: Record<string, unknown>): Uint8Array {
  const body = serialize(flatten(values))
  const hash = createHash('sha256').update(body).digest('hex')
  return Buffer.concat([Buffer.from(MAGIC + hash), body])
}

/** The values of a snapshot. Throws {@link SnapshotError} where it is cut short, damaged, or of another version. */
export function decodeSnapshot(bytes: Uint8Array): Record<string, unknown> {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  if (file.subarray(0, MAGIC.length).toString('latin1') !== MAGIC) {
    throw new SnapshotError('is not a state file of this version; remove it to start with no history')
  }
  const claimed = file.subarray(MAGIC.length, MAGIC.length + HASH_OCTETS).toString('latin1')
  const body = file.subarray(MAGIC.length + HASH_OCTETS)
  if (createHash('sha256').update(body).digest('hex') !== claimed) {
    throw new SnapshotError('is damaged or cut short; remove it to start with no history')
  }
  try {
    return revive(deserialize(body)) as Record<string, unknown>
  } catch (error) {
    if (error instanceof SnapshotError) throw error
    // The octets are whole and still no values: another Node wrote them, or somebody who can make a hash.
    throw new SnapshotError('cannot be read by this version of Node; remove it to start with no history')
  }
}

/** Class instances become plain objects that name their class; typed arrays and plain values stay. */
function flatten(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value
  if (Array.isArray(value)) return value.map(flatten)
  if (value instanceof Map) return new Map([...value].map(([key, item]) => [key, flatten(item)]))
  if (value instanceof Set) return value
  const name = NAMES.get(Object.getPrototypeOf(value))
  const fields = value instanceof FlatTable ? value.fields() : value
  const plain = Object.fromEntries(Object.entries(fields).map(([key, item]) => [key, flatten(item)]))
  return name === undefined ? plain : { [CLASS]: name, ...plain }
}

/** Tables whose counts decide how far a loop goes: one that was made up must not hang what reads it. */
function isCounted(instance: object): instance is AdaptiveCode | HashSet | MinuteFacts {
  return instance instanceof AdaptiveCode || instance instanceof HashSet || instance instanceof MinuteFacts
}

function revive(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value
  if (Array.isArray(value)) return value.map(revive)
  if (value instanceof Map) return new Map([...value].map(([key, item]) => [key, revive(item)]))
  if (value instanceof Set) return value
  const { [CLASS]: name, ...fields } = value as Record<string, unknown>
  const alive = Object.fromEntries(Object.entries(fields).map(([key, item]) => [key, revive(item)]))
  if (name === undefined) return alive
  const found = typeof name === 'string' && Object.hasOwn(CLASSES, name) ? CLASSES[name] : undefined
  if (!found) throw new SnapshotError('holds something this version does not know; remove it to start with no history')
  const instance = Object.assign(Object.create(found.prototype), alive)
  if (instance instanceof FlatTable) instance.restore()
  if (isCounted(instance) && !instance.isSound) {
    throw new SnapshotError('holds a table that no scan left; remove it to start with no history')
  }
  return instance
}
