import { CaptureSource } from './capture/capture-source.ts'
import { openDnstap } from './dnstap/dnstap-source.ts'
import { FlowSource, isFlowType } from './flows/flow-source.ts'
import { newCounts } from './input-counts.ts'
import { InputError, type InputFile } from './input-file.ts'
import type { FoundInputs } from './inputs/find-inputs.ts'
import type { InputType } from './inputs/input-type.ts'
import { openCsv, openNames, openZeekJson, openZeekTsv } from './logs/open-log.ts'
import { openEve } from './messages/eve-log.ts'
import { bind } from './resolver-logs/bind.ts'
import { coredns } from './resolver-logs/coredns.ts'
import { dnsdist } from './resolver-logs/dnsdist.ts'
import { dnsmasq } from './resolver-logs/dnsmasq.ts'
import { openResolverLog } from './resolver-logs/resolver-log.ts'
import { unbound } from './resolver-logs/unbound.ts'
import type { InputCounts, Source, SourceOptions } from './source.ts'

/** A source of one input, or one sentence, to stand behind its name, on why there is none. */
export type OpenSource = (file: InputFile, counts: InputCounts, options: SourceOptions) => Promise<Source | string>

/** How each kind of input is read: one line a kind. Captures are read together, as a cut connection spans files. */
export const SOURCE_KINDS: Readonly<Record<InputType, OpenSource | 'capture' | 'flows'>> = {
  pcap: 'capture',
  pcapng: 'capture',
  'zeek-tsv': openZeekTsv,
  'zeek-json': openZeekJson,
  eve: openEve,
  dnstap: openDnstap,
  bind: openResolverLog(bind),
  unbound: openResolverLog(unbound),
  dnsmasq: openResolverLog(dnsmasq),
  dnsdist: openResolverLog(dnsdist),
  coredns: openResolverLog(coredns),
  csv: openCsv,
  names: openNames,
  'zeek-conn': 'flows',
  'zeek-conn-json': 'flows',
}

/** An input of packets with the counts its reading fills. */
export interface CaptureFile {
  readonly file: InputFile
  readonly counts: InputCounts
}

export interface OpenedSources {
  readonly captureFiles: readonly CaptureFile[]
  /** Sources to merge by time; all captures are one of them. */
  readonly timed: readonly Source[]
  /** Flows, to be joined to what was asked. */
  readonly flows: readonly FlowSource[]
  /** Sources that are an observation each. */
  readonly untimed: readonly Source[]
  /** One an input, in order of rank, then one for each that could not be read. */
  readonly counts: readonly InputCounts[]
}

/** Sources for what was found. Inputs whose table we cannot make sense of have a failure and no source. */
export async function openSources(
  found: Pick<FoundInputs, 'inputs'> & Partial<Pick<FoundInputs, 'failures'>>,
  options: SourceOptions,
): Promise<OpenedSources> {
  const captureFiles: CaptureFile[] = []
  const timed: Source[] = []
  const untimed: Source[] = []
  const flows: FlowSource[] = []
  const counts: InputCounts[] = []
  for (const input of found.inputs) {
    const own = newCounts(input.file.label)
    counts.push(own)
    const open = SOURCE_KINDS[input.type]
    if (open === 'capture') {
      captureFiles.push({ file: input.file, counts: own })
      continue
    }
    if (isFlowType(input.type)) {
      flows.push(new FlowSource(input.file, input.type, own))
      continue
    }
    const source = await openOne(open as OpenSource, input.file, own, options)
    if (typeof source === 'string') own.failure = source
    else if (source.timed) timed.push(source)
    else untimed.push(source)
  }
  if (captureFiles.length > 0) timed.unshift(new CaptureSource(captureFiles, options))
  for (const { label, sentence } of found.failures ?? []) counts.push({ ...newCounts(label), failure: sentence })
  return { captureFiles, timed, flows, untimed, counts }
}

async function openOne(
  open: OpenSource,
  file: InputFile,
  counts: InputCounts,
  options: SourceOptions,
): Promise<Source | string> {
  try {
    return await open(file, counts, options)
  } catch (error) {
    if (error instanceof InputError) return error.message
    throw error
  }
}
