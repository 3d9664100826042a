// What a Zeek log costs to read, in CPU seconds: `node bench/log-readers.mjs READER FILE` prints lines and seconds.
import { createReadStream } from 'node:fs'
import { openSources } from '../dist/sources/index.js'
import { findInputs } from '../dist/sources/inputs/find-inputs.js'
import { LineReader } from '../dist/sources/logs/line-reader.js'
import { TabIndex } from '../dist/sources/logs/tab-index.js'
import { cpuSecondsOf } from './cpu-time.mjs'

const CHUNK_OCTETS = 1 << 20
const TAB = 9

/** Each reader counts what it found, so that nothing of it can be left out. */
const READERS = {
  /** Lines and the ends of their cells, as the source starts with. */
  async cells(path) {
    const lines = new LineReader()
    const tabs = new TabIndex()
    const found = { count: 0, cells: 0 }
    for await (const chunk of createReadStream(path, { highWaterMark: CHUNK_OCTETS })) {
      lines.feed(chunk)
      countCells(lines, tabs, found)
    }
    return found
  },

  /** The whole source: numbers, addresses, names in wire form, answers, rows. */
  async source(path) {
    const { timed } = await openSources(await findInputs([path]), { ports: [], responseWaitMs: 5000 })
    let count = 0
    for await (const batch of timed[0].read(new AbortController().signal)) count += batch.rows
    return { count, cells: 0 }
  },

  /** The same file by the language's own means: strings, cut at line ends and tabs. */
  async split(path) {
    const found = { count: 0, cells: 0 }
    let rest = ''
    for await (const chunk of createReadStream(path, { highWaterMark: CHUNK_OCTETS, encoding: 'latin1' })) {
      const lines = (rest + chunk).split('\n')
      rest = lines.pop()
      countSplit(lines, found)
    }
    return found
  },
}

// Loops inside an async function start uncompiled with each chunk; no reader has its own there.

function countCells(lines, tabs, found) {
  while (lines.next()) {
    found.count++
    found.cells += tabs.find(lines.bytes, lines.start, lines.end, TAB)
  }
}

function countSplit(lines, found) {
  for (const line of lines) {
    found.count++
    found.cells += line.split('\t').length
  }
}

const [reader, path] = process.argv.slice(2)
let found
const seconds = await cpuSecondsOf(async () => {
  found = await READERS[reader](path)
})
console.log(JSON.stringify({ ...found, seconds }))
