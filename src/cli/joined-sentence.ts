import type { JoinCounts, Joined } from '../detect/flows/flow-join.ts'

const count = (value: number, one: string) => `${value.toLocaleString('en-US')} ${one}${value === 1 ? '' : 's'}`

/** What became of logs of flows, in one sentence: nobody should have to guess why an alert cites no flow. */
export function joinedSentence(counts: JoinCounts): string {
  if (counts.rows === 0) {
    return `Read ${count(counts.flows, 'flow')} and no DNS: flows only add to what names say, so name the dns.log that was written beside them.`
  }
  const parts = [
    `${count(counts.rowsJoined, 'DNS row')} of ${counts.rows.toLocaleString('en-US')} joined to ${count(counts.flowsJoined, 'flow')} of ${counts.flows.toLocaleString('en-US')}`,
    ...(counts.flowsByTuple > 0 ? [`${counts.flowsByTuple.toLocaleString('en-US')} by addresses, ports and time`] : []),
    ...(counts.flowsShared > 0
      ? [`${count(counts.flowsShared, 'flow')} shared by several domains and cited by none`]
      : []),
    ...(counts.flowsEmpty > 0 ? [`${count(counts.flowsEmpty, 'flow')} without an octet`] : []),
    ...(counts.evicted > 0 ? [`${count(counts.evicted, 'flow')} came too late`] : []),
  ]
  return `${parts.join('; ')}.`
}

const WORDS = {
  dot: 'DNS over TLS',
  doq: 'DNS over QUIC',
  doh: 'DNS over HTTPS',
  'not-dns-on-53': 'something on port 53 that is no DNS',
}
const SHOWN = 5

/** Uploads that no name shows, a sentence each, marked as what they are: a shape. */
export function hiddenSentences({ hidden }: Joined): string[] {
  const uploads = hidden.filter(({ isUpload }) => isUpload)
  const sentences = uploads
    .slice(0, SHOWN)
    .map(
      ({ client, server, kind, bytesOut, bytesIn, spanMs }) =>
        `Weak sign: ${client} sent ${count(bytesOut, 'octet')} to ${server} as ${WORDS[kind]} and got ${bytesIn.toLocaleString('en-US')} in ${Math.round(spanMs / 60_000)} minutes; what was asked there cannot be seen.`,
    )
  return uploads.length > SHOWN
    ? [...sentences, `${uploads.length - SHOWN} more such uploads stand in --stats.`]
    : sentences
}
