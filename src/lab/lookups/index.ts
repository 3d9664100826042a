import { antivirusHash, malwareHash } from './antivirus-hash.ts'
import { blockList4, blockList6, uriBlockList } from './block-list.ts'
import { browserProbe } from './browser-probe.ts'
import { cdnHash, pushHash } from './cdn-hash.ts'
import { directoryGuid } from './directory-guid.ts'
import { cloudReputation, fileReputation, signedReputation } from './file-reputation.ts'
import { kubernetes } from './kubernetes.ts'
import type { LookupShape } from './lookup.ts'
import { acme, dkim, dmarc } from './mail-and-certificates.ts'
import { originAs } from './origin-as.ts'
import { searchSuffix } from './search-suffix.ts'
import { telemetryUuid } from './telemetry-uuid.ts'
import { videoShard } from './video-shard.ts'

export type { Lookup, LookupShape } from './lookup.ts'

/** Every shape of honest look-ups, one line a member. `conformance.test.ts` walks them all. */
export const lookupShapes: readonly LookupShape[] = [
  ...[antivirusHash, malwareHash],
  ...[fileReputation, signedReputation, cloudReputation],
  ...[blockList4, blockList6, uriBlockList],
  ...[cdnHash, pushHash],
  telemetryUuid,
  ...[dkim, dmarc, acme],
  videoShard,
  originAs,
  directoryGuid,
  searchSuffix,
  browserProbe,
  kubernetes,
]

/** The shape of that name; undefined where there is none. */
export function findLookupShape(name: string): LookupShape | undefined {
  return lookupShapes.find((shape) => shape.name === name)
}
