// The capture that is measured: the lab's recordings, both sides, one behind the other, again and again with other keys.
import { createHash } from 'node:crypto'
import { closeSync, existsSync, openSync, readdirSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { Rekeying } from './rekey.mjs'

/** Of this file and rekey.mjs: a composed capture is made anew when it changes. */
const VERSION = 5
const MAGIC = 0xa1b2c3d4
const FILE_HEADER = 24
const RECORD_HEADER = 16
const PAUSE_MICROS = 1_000_000
const START_SECONDS = 1_700_000_000

/** Folder of the recordings; the bench says what is missing where it is not there. */
export const LAB = new URL('../../shared/data/lab/', import.meta.url)

/**
 * A pcap of at least `packetsMin` packets under the folder for temporary files, made where it is not there yet.
 * Returns its path, packets, copies and octets.
 */
export function composeCaptures(packetsMin) {
  const names = readdirSync(LAB)
    .filter((name) => name.endsWith('.pcap.gz'))
    .sort()
  const files = names.map((name) => gunzipSync(readFileSync(new URL(name, LAB))))
  const hash = createHash('sha256').update(`${VERSION} ${packetsMin}`)
  for (const file of files) hash.update(file)
  const recorded = files.reduce((sum, file) => sum + countPackets(file), 0)
  const copies = Math.ceil(packetsMin / recorded)
  const octets = FILE_HEADER + copies * files.reduce((sum, file) => sum + file.length - FILE_HEADER, 0)
  const path = join(tmpdir(), `wakeful-bench-${hash.digest('hex').slice(0, 16)}.pcap`)
  if (!existsSync(path)) write(path, files, copies)
  return { path, packets: recorded * copies, recorded, copies, octets }
}

function write(path, files, copies) {
  // Under another name until it is whole.
  const out = openSync(`${path}.${process.pid}`, 'w')
  writeSync(out, files[0].subarray(0, FILE_HEADER))
  let micros = START_SECONDS * 1e6
  for (let copy = 0; copy < copies; copy++) {
    const rekeying = new Rekeying(copy)
    for (const file of files) {
      const own = Buffer.from(file)
      const firstMicros = timeOf(own, FILE_HEADER)
      let lastMicros = firstMicros
      for (let at = FILE_HEADER; at < own.length; at = nextPacket(own, at)) {
        const since = timeOf(own, at) - firstMicros
        lastMicros = Math.max(lastMicros, firstMicros + since)
        own.writeUInt32LE(Math.floor((micros + since) / 1e6), at)
        own.writeUInt32LE((micros + since) % 1e6, at + 4)
        rekeying.frame(own, at + RECORD_HEADER, nextPacket(own, at))
      }
      writeSync(out, own, FILE_HEADER)
      micros += lastMicros - firstMicros + PAUSE_MICROS
    }
  }
  closeSync(out)
  renameSync(`${path}.${process.pid}`, path)
}

function countPackets(file) {
  if (file.readUInt32LE(0) !== MAGIC || file.readUInt32LE(20) !== 1)
    throw new Error('a recording is no pcap of Ethernet')
  let packets = 0
  for (let at = FILE_HEADER; at < file.length; at = nextPacket(file, at)) packets++
  return packets
}

function nextPacket(file, at) {
  return at + RECORD_HEADER + file.readUInt32LE(at + 8)
}

function timeOf(file, at) {
  return file.readUInt32LE(at) * 1e6 + file.readUInt32LE(at + 4)
}
