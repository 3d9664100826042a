import { decodeSnapshot, SnapshotError } from '../../src/detect/snapshot.ts'
import { DnsMessage, MALFORMED } from '../../src/dns/message.ts'
import { formatName, NAME_OCTETS_MAX, parseName, parseNameOctets } from '../../src/dns/name.ts'
import { PrefixText } from '../../src/dns/prefix-text.ts'
import { createSuffixSplit, loadPublicSuffixes, PublicSuffixes } from '../../src/dns/public-suffix.ts'
import { NAME_BUDGET, nameRead } from '../../src/dns/read-name.ts'
import { decodeMessage } from '../../src/dns/wire.ts'
import { ModelFileError } from '../../src/models/model.ts'
import { decodeModel } from '../../src/models/model-file.ts'
import { detectType } from '../../src/sources/inputs/detect-type.ts'
import { gunzip } from '../../src/sources/inputs/gunzip.ts'
import type { InputType } from '../../src/sources/inputs/input-type.ts'
import { modelFiles, sealModel, snapshots, suffixFile } from './artefacts.ts'
import { DNSTAPS, FLAWED_FRAMES, FRAMES, framesToPcap, PCAPNGS, PCAPS } from './captures.ts'
import { readSource } from './read-source.ts'
import { SERVICE_TARGETS } from './service-targets.ts'
import { STREAM_TARGETS } from './stream-targets.ts'
import { accepted, demand, type Target } from './target.ts'
import {
  BIND,
  COREDNS,
  CSV,
  DNSDIST,
  DNSMASQ,
  EVE,
  GZIPS,
  MESSAGES,
  NAME_TEXTS,
  NAMES,
  UNBOUND,
  ZEEK_JSON,
  ZEEK_TSV,
} from './texts.ts'

const out = new DnsMessage()
const scratch = new Uint8Array(NAME_OCTETS_MAX + 1)
const prefix = new PrefixText()
const split = createSuffixSplit()
const models = modelFiles()

/** Every decoder that hostile octets can reach: one line a decoder. */
export const TARGETS: readonly Target[] = [
  { name: 'dns-wire', corpus: MESSAGES, weight: 60, run: runWire },
  { name: 'name-text', corpus: NAME_TEXTS, weight: 40, run: runName },
  {
    name: 'detect-type',
    corpus: [
      PCAPS[0],
      PCAPNGS[0],
      DNSTAPS[0],
      ...ZEEK_TSV,
      ...ZEEK_JSON,
      ...CSV.slice(0, 2),
      EVE[0],
      BIND[0],
      DNSMASQ[0],
    ],
    weight: 12,
    run: runDetect,
  },
  { ...source('packets', 'pcap', FRAMES, 16, framesToPcap), flawed: FLAWED_FRAMES },
  source('pcap', 'pcap', PCAPS, 8),
  source('pcapng', 'pcapng', PCAPNGS, 10),
  source('zeek-tsv', 'zeek-tsv', ZEEK_TSV, 8),
  source('zeek-json', 'zeek-json', ZEEK_JSON, 8),
  source('eve', 'eve', EVE, 8),
  source('dnstap', 'dnstap', DNSTAPS, 10),
  source('bind', 'bind', BIND, 4),
  source('unbound', 'unbound', UNBOUND, 4),
  source('dnsmasq', 'dnsmasq', DNSMASQ, 4),
  source('dnsdist', 'dnsdist', DNSDIST, 3),
  source('coredns', 'coredns', COREDNS, 3),
  source('csv', 'csv', CSV, 8),
  source('names', 'names', NAMES, 4),
  { name: 'gzip', corpus: GZIPS, weight: 6, run: runGzip },
  { name: 'model-file', corpus: models.small, weight: 10, run: runModel },
  { name: 'language-model-file', corpus: models.language, weight: 0.5, run: runModel },
  { name: 'state-snapshot', corpus: snapshots(), weight: 6, run: runSnapshot },
  { name: 'public-suffix', corpus: [suffixFile()], weight: 4, run: runSuffixes },
  ...STREAM_TARGETS,
  ...SERVICE_TARGETS,
]

function source(
  name: string,
  type: InputType,
  corpus: readonly Uint8Array[],
  weight: number,
  wrap = (bytes: Uint8Array) => bytes,
): Target {
  const run = async (bytes: Uint8Array) => {
    const { malformed, failure } = await readSource(type, wrap(bytes))
    return failure === undefined && Object.keys(malformed).length === 0
  }
  return { name, corpus, weight, run }
}

function runWire(bytes: Uint8Array): boolean {
  const whole = decodeMessage(bytes, 0, bytes.length, out)
  demand(whole === bytes.length >= 12, 'a header that is none')
  const octets = out.answerOctets
  demand(octets[0] + octets[1] + octets[3] <= bytes.length, 'more RDATA than octets')
  demand(octets[2] <= NAME_BUDGET && nameRead.budget >= 0, 'names past their budget')
  demand(out.answerCount * 11 <= bytes.length, 'more answers than fit')
  demand(out.ednsUnknownOctets + out.paddingOctets <= bytes.length, 'more options than octets')
  demand(out.nameLength <= NAME_OCTETS_MAX && out.targetCount <= 16, 'a name or targets past their bounds')
  demand(out.malformed < 1 << MALFORMED.length, 'an unknown reason')
  const text = formatName(out.name, 0, out.nameLength)
  demand(parseName(text, scratch, 0) === out.nameLength, `${text} does not come back`)
  return whole && out.malformed === 0
}

function runName(bytes: Uint8Array): boolean {
  const length = parseNameOctets(bytes, 0, bytes.length, scratch, 0)
  demand(length <= NAME_OCTETS_MAX, 'a name past its bound')
  if (length >= 0) checkName(scratch.slice(0, length))
  const text = parseName(Buffer.from(bytes).toString('utf8'), scratch, 0)
  demand(text <= NAME_OCTETS_MAX, 'a name past its bound')
  if (text >= 0) checkName(scratch.slice(0, text))
  return length >= 0
}

/** A wire-form name survives its text, and is cut by the shipped suffixes at a label. */
function checkName(name: Uint8Array): void {
  const text = formatName(name, 0, name.length)
  demand(/^[\x21-\x7e]*$/.test(text), 'a text that is not printable')
  demand(parseName(text, scratch, 0) === name.length, `${text} does not come back`)
  demand(Buffer.compare(scratch.subarray(0, name.length), name) === 0, `${text} comes back as another`)
  const cut = loadPublicSuffixes().registeredDomainStart(name, 0, name.length, split)
  demand(cut < name.length || (cut === 0 && name.length === 0), 'a domain past its name')
  demand(cut <= split.suffixStart && split.suffixStart <= name.length, 'a suffix past its name')
  prefix.read(name, 0, Math.max(0, cut))
  demand(prefix.length <= Math.max(0, cut), 'a prefix longer than its labels')
}

function runDetect(bytes: Uint8Array): boolean {
  const { type, reason } = detectType(bytes.subarray(0, 32 * 1024))
  demand(type.length > 0, 'no type')
  return reason === undefined
}

async function runGzip(bytes: Uint8Array): Promise<boolean> {
  let failures = 0
  let octets = 0
  async function* content() {
    for (let at = 0; at < bytes.length; at += 1000) yield bytes.subarray(at, at + 1000)
  }
  for await (const chunk of gunzip(content(), () => failures++)) octets += chunk.length
  demand(failures <= 1, 'two failures of one input')
  demand(octets <= bytes.length * 1100, `${octets} octets out of ${bytes.length}`)
  return failures === 0
}

const isModelError = (error: unknown) => error instanceof ModelFileError && /^[^\n]+\.$/.test(error.message)

function runModel(bytes: Uint8Array): boolean {
  accepted(() => decodeModel(bytes), isModelError)
  return accepted(() => decodeModel(sealModel(bytes)), isModelError)
}

function runSnapshot(bytes: Uint8Array): boolean {
  return accepted(
    () => decodeSnapshot(bytes),
    (error) => error instanceof SnapshotError,
  )
}

/** The list ships with the program and is no input: it may be refused by any error, but must end and stay in bounds. */
function runSuffixes(bytes: Uint8Array): boolean {
  return accepted(
    () => {
      const suffixes = new PublicSuffixes(bytes)
      for (const text of NAME_TEXTS) {
        const length = parseNameOctets(text, 0, text.length, scratch, 0)
        if (length >= 0) suffixes.registeredDomainStart(scratch, 0, length, split)
      }
    },
    (error) => error instanceof Error,
  )
}
