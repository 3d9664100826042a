import type { FlowBatch } from '../batch/flow-batch.ts'
import { NAME_CLASS } from '../detect/canonical-batch.ts'
import type { Thresholds } from '../detect/detection-model.ts'
import { RowFlows } from '../detect/flows/row-flows.ts'
import { presentName } from '../detect/present.ts'
import { foldedCopy } from '../dns/folded-copy.ts'
import type { FlowView } from '../features/flow/family.ts'
import { flowFeatures, writeFlowRow } from '../features/flow/index.ts'
import { FlowSource, isFlowType } from '../sources/flows/flow-source.ts'
import { newCounts } from '../sources/input-counts.ts'
import { findInputs } from '../sources/inputs/find-inputs.ts'
import { DataSetBuilder } from './data-set-builder.ts'
import { isTestDomain } from './fold.ts'
import { ManifestError, type ManifestRow } from './manifest.ts'
import { observeRow } from './observe-row.ts'
import { toolOf } from './tools.ts'
import { untrainedModel } from './untrained-model.ts'

/** Flows of a tunnel, of one benign domain, and of a log of flows that are taken: what comes after says the same again. */
const FLOWS_A_TUNNEL = 400
const FLOWS_A_DOMAIN = 30
const FLOWS_A_LOG = 5000

/** A collector of flows. Zeek's history stands beside the numbers as a text. */
export function flowsBuilder(): DataSetBuilder {
  return new DataSetBuilder('flows', flowFeatures, ['history'])
}

/** Adds the flows of a capture, one a pair of ports and registered domain; or those of a log of flows, which must be benign. */
export async function loadFlows(of: ManifestRow, builder: DataSetBuilder, thresholds: Thresholds): Promise<void> {
  if (of.format === 'zeek-conn') await loadLog(of, builder)
  else await loadCapture(of, builder, thresholds)
}

async function loadCapture(of: ManifestRow, builder: DataSetBuilder, thresholds: Thresholds): Promise<void> {
  const names = new Map<string, string>()
  const taken = new Map<string, number>()
  const flows = new RowFlows((flow) => {
    const domain = names.get(`${flow.domainLo},${flow.domainHi}`) ?? ''
    const attack = of.domains.includes(domain)
    // Of a file with tunnels only these are labelled.
    if (of.label !== 'benign' && !attack) return
    const unit = attack && of.group !== '' ? of.group : domain
    const count = (taken.get(unit) ?? 0) + 1
    taken.set(unit, count)
    if (count > (attack ? FLOWS_A_TUNNEL : FLOWS_A_DOMAIN)) return
    const test = !attack && isTestDomain(flow.domainLo, flow.domainHi)
    builder.facts.split = of.split === 'train' && test ? 'test' : of.split
    builder.facts.group = attack || of.split === 'train' || of.group === '' ? unit : of.group
    add(builder, of, flow, attack, flow.timeMs)
  })
  await observeRow(of, untrainedModel(thresholds), {
    onRows(rows) {
      const { batch, domainLo, domainHi, domainOffset, domainLength, nameClass } = rows
      for (let row = 0; row < batch.rows; row++) {
        if (nameClass[row] === NAME_CLASS.none) continue
        const key = `${domainLo[row]},${domainHi[row]}`
        if (names.has(key)) continue
        names.set(
          key,
          presentName(foldedCopy(batch.arena, batch.nameStart[row] + domainOffset[row], domainLength[row])),
        )
      }
      flows.addRows(rows)
    },
  })
  flows.finish()
}

async function loadLog(of: ManifestRow, builder: DataSetBuilder): Promise<void> {
  if (of.label !== 'benign') {
    throw new ManifestError(
      `${of.path} is "${of.label}", but a log of flows bears no names to tell which are the tunnel's.`,
    )
  }
  const { inputs, failures } = await findInputs([of.path], { flows: true })
  const [input] = inputs
  if (input === undefined || !isFlowType(input.type)) {
    throw new ManifestError(`${of.path} cannot be read: ${failures[0]?.sentence ?? 'it holds no flows'}`)
  }
  let count = 0
  for await (const flows of new FlowSource(input.file, input.type, newCounts(of.file)).read(
    new AbortController().signal,
  )) {
    for (let row = 0; row < flows.rows && count < FLOWS_A_LOG; row++, count++) {
      builder.facts.split = of.split
      builder.facts.group = of.group === '' ? of.file : of.group
      add(builder, of, viewOf(flows, row), false, flows.timeMs[row])
    }
  }
}

function add(builder: DataSetBuilder, of: ManifestRow, flow: FlowView, attack: boolean, timeMs: number): void {
  const { facts } = builder
  facts.attack = attack
  facts.tool = attack ? toolOf(of.family) : 'benign'
  facts.network = of.network
  facts.timeMs = timeMs
  writeFlowRow(flow, builder.row)
  builder.texts[0] = flow.history
  builder.add()
}

function viewOf(flows: FlowBatch, row: number): FlowView {
  return {
    durationMs: flows.durationMs[row],
    clientBytes: flows.clientBytes[row],
    serverBytes: flows.serverBytes[row],
    clientPackets: flows.clientPackets[row],
    serverPackets: flows.serverPackets[row],
    clientIpBytes: flows.clientIpBytes[row],
    serverIpBytes: flows.serverIpBytes[row],
    history: flows.history[row],
  }
}
