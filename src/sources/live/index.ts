import { captureKind } from './capture-place.ts'
import { dnstapKind } from './dnstap-place.ts'
import type { LiveKind, LivePlace } from './live-place.ts'
import { logKind } from './log-place.ts'

/** Every kind of live source: one line a kind. */
export const LIVE_SOURCES: readonly LiveKind[] = [logKind, dnstapKind, captureKind]

/** The words that {@link parseLivePlace} takes. */
export const LIVE_KINDS: readonly string[] = LIVE_SOURCES.flatMap(({ words }) => words)

const PLACE = /^([a-z]+):(?!\/\/)(.+)$/

/**
 * A place such as `zeek:/opt/zeek/logs/current`, `dnstap:unix:/run/dnstap.sock` or `pcap:-`; undefined where it is a file, a folder
 * or a topic, and one sentence where it begins as a place and is none.
 *
 * @example
 * parseLivePlace('unbound:/var/log/unbound.log') // { label: '/var/log/unbound.log', open }
 */
export function parseLivePlace(text: string): LivePlace | string | undefined {
  const [, word, rest] = PLACE.exec(text) ?? []
  return LIVE_SOURCES.find(({ words }) => words.includes(word))?.parse(word, rest)
}
