import { shrunkProducerRatio } from '../../features/flow/producer-ratio.ts'
import type { DetectionModel } from '../detection-model.ts'
import type { SideDetector } from '../side-detector.ts'

/**
 * The shape of a domain's flows as a side detector: 1 plus the producer-consumer ratio of what the names said and the answers told, so
 * that 1 is balance and 2 a pure upload. The octets of the flows are cited beside it and not judged: an answer repeats its question, so
 * that a flow of DNS whose questions are answered never sends more than it gets, upload or not. It is weak by itself, since a tunnel
 * that brings things in looks like any other answer, and never alerts. Silent where no flow was the domain's alone.
 *
 * Source: Bullard and Gerth, PCR: a new flow metric, FloCon 2014.
 */
export const flowDetector: SideDetector = {
  name: 'flows',
  read({ flows, prefixOctets, answerOctets }) {
    if (flows === undefined) return undefined
    const ratio = shrunkProducerRatio(prefixOctets, answerOctets)
    if (Number.isNaN(ratio)) return undefined
    const octets = (value: number) => Math.round(value).toLocaleString('en-US')
    const many = flows.flows === 1 ? 'one flow' : `${flows.flows.toLocaleString('en-US')} flows`
    const open =
      flows.flows < 2 || Number.isNaN(flows.dutyCycle)
        ? ''
        : `, open ${Math.round(100 * flows.dutyCycle)} % of the time`
    const whole = Number.isNaN(flows.producerRatio) ? 'unknown' : flows.producerRatio.toFixed(2)
    const reason = `${many} of its own sent ${octets(flows.clientBytes)} octets and got ${octets(flows.serverBytes)}, a producer-consumer ratio of ${whole}${open}; of what names said and answers told, ${ratio.toFixed(2)}, where 0 is balance`
    return { ratio: 1 + ratio, reason }
  },
}

/** The model with the shape of flows beside it. */
export function withFlows(model: DetectionModel): DetectionModel {
  return { ...model, sides: [...model.sides, flowDetector] }
}
