// CPU seconds of the pipeline up to a stage: `node bench/prefixes.mjs STAGE FILE` prints them. Each stage in a process
// of its own and cold, as a scan is, so that the difference of two neighbours is what the later one adds.
import { Canonicaliser } from '../dist/detect/canonical.js'
import { CanonicalBatch } from '../dist/detect/canonical-batch.js'
import { loadDetectionModel } from '../dist/detect/load-detection-model.js'
import { loadPublicSuffixes } from '../dist/dns/public-suffix.js'
import { FILE_WATERMARK_MS, inOrder } from '../dist/pipeline/in-order.js'
import { RESPONSE_WAIT_MS, scan } from '../dist/pipeline/scan.js'
import { MessageReader } from '../dist/sources/capture/message-reader.js'
import { PacketDecoder } from '../dist/sources/capture/packet-decoder.js'
import { PacketFeed } from '../dist/sources/capture/packet-feed.js'
import { portTable } from '../dist/sources/capture/ports.js'
import { openSources } from '../dist/sources/index.js'
import { findInputs } from '../dist/sources/inputs/find-inputs.js'
import { cpuSecondsOf } from './cpu-time.mjs'

const OPTIONS = { ports: [], responseWaitMs: RESPONSE_WAIT_MS }
const { signal } = new AbortController()

/** Packets handed to `each`, as the capture source does it with one file. */
async function packets(found, each) {
  const { captureFiles } = await openSources(found, OPTIONS)
  const feed = new PacketFeed(captureFiles[0], 0)
  for (let more = await feed.resume(); more; ) {
    each(feed.current, captureFiles)
    more = feed.advance()
    if (typeof more !== 'boolean') more = await more
  }
  await feed.close()
}

async function ordered(found, each) {
  const { timed } = await openSources(found, OPTIONS)
  for await (const batch of inOrder(timed, FILE_WATERMARK_MS, signal)) each(batch)
}

const STAGES = {
  read: (found) => packets(found, () => {}),

  decode(found) {
    let decoder
    return packets(found, (packet, files) => {
      if (!decoder) {
        const counts = files.map((file) => file.counts)
        const ports = portTable([])
        decoder = new PacketDecoder(counts, ports, new MessageReader(counts, ports, { message() {} }))
      }
      decoder.packet(packet, 0)
    })
  },

  async match(found) {
    const { timed } = await openSources(found, OPTIONS)
    for await (const _ of timed[0].read(signal));
  },

  order: (found) => ordered(found, () => {}),

  canonical(found) {
    const canonicaliser = new Canonicaliser(loadPublicSuffixes(), 0)
    const rows = new CanonicalBatch(4096)
    return ordered(found, (batch) => canonicaliser.canonicalise(batch, rows))
  },

  detect: (found) => scan(found, { model, source: OPTIONS, each: false, name: 'bench' }, signal),
}

const [stage, path] = process.argv.slice(2)
const model = loadDetectionModel()
loadPublicSuffixes()
const found = await findInputs([path])
console.log(await cpuSecondsOf(() => STAGES[stage](found)))
