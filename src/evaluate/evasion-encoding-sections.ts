import { count, NOTHING, words } from './cells.ts'
import type { EvasionEvaluation } from './evasion.ts'
import { type EncodingEvasion, isAll, isHidden, isMost } from './evasion-encodings.ts'
import type { LeakEvasion } from './evasion-leak.ts'
import { type Column, type Section, sectionOf } from './section.ts'

/** All the ways one encoder was asked. */
interface EncoderRow {
  readonly encoder: string
  readonly scenes: readonly EncodingEvasion[]
}

/** What leaves through each encoding, what honest look-ups raise, and what a slow leak takes. */
export function encodingSections(evaluation: EvasionEvaluation): Section[] {
  return [encodings(evaluation), leaks(evaluation.leaks), lookups(evaluation)]
}

function encodings({ encodings, thresholds }: EvasionEvaluation): Section {
  const names = [...new Set(encodings.map(({ encoder }) => encoder))]
  const rows = names.map((encoder) => ({ encoder, scenes: encodings.filter((scene) => scene.encoder === encoder) }))
  const payloads = [...new Set(encodings.map(({ payload }) => payload))]
  const most = payloads.flatMap((payload) =>
    [true, false].map(
      (answered): Column<EncoderRow> => ({
        title: `${payload}, ${answered ? 'answered' : 'NXDOMAIN'}`,
        numeric: true,
        cell: ({ scenes }) =>
          payloadCell(scenes.find((row) => isMost(row) && row.payload === payload && row.answered === answered)),
      }),
    ),
  )
  return sectionOf(
    {
      name: 'evasion-encodings',
      title: 'Encodings: payload before the alert',
      notes: [
        `One question a second. A cell is the payload octets that had left with the question that raised the alert, and in brackets what they take when packed, where that is less: text holds less than its octets, and some encoders pack it before they send it. Several tools greet first: payload 0 means that the greeting was enough. In the first columns the encoding makes four of five questions of its client. The last two are random payload with answers, where the client asks nothing else, and where it asks ten ordinary questions to each: there a form like that of look-ups stands as one, low, within ${count(thresholds.lookupOctets)} octets of the account a day.`,
      ],
    },
    rows,
    [
      { title: 'encoder', cell: ({ encoder }) => encoder },
      ...most,
      {
        title: 'fired first',
        cell: ({ scenes }) => words([...new Set(scenes.filter(isMost).flatMap((row) => row.detectors))]),
      },
      { title: 'nothing else', numeric: true, cell: ({ scenes }) => payloadCell(scenes.find(isAll)) },
      { title: 'among ten each', numeric: true, cell: ({ scenes }) => payloadCell(scenes.find(isHidden)) },
    ],
  )
}

function payloadCell(row: EncodingEvasion | undefined): string {
  if (!row) return NOTHING
  const { alertMs, before, packedOctets } = row
  const sent = count(before.payloadOctets)
  const octets = packedOctets < before.payloadOctets ? `${sent} (${count(packedOctets)})` : sent
  return alertMs === null ? `NO ALERT in ${octets}` : octets
}

function leaks(rows: readonly LeakEvasion[]): Section {
  return sectionOf(
    {
      name: 'evasion-leaks',
      title: 'A leak of 1 KiB a day, scanned nightly',
      notes: [
        'Seven days of one client, its leak evenly among its ordinary questions; each day is a scan of its own with `--state`. The last column is one scan of all seven days: the moment must be the same.',
      ],
    },
    rows,
    [
      { title: 'encoder', cell: (row) => row.encoder },
      { title: 'each name asked', numeric: true, cell: (row) => (row.asks === 1 ? 'once' : `${row.asks} times`) },
      { title: 'ordinary questions a day', numeric: true, cell: (row) => count(row.ordinaryADay) },
      { title: 'alert on day', numeric: true, cell: (row) => (row.day === null ? 'NO ALERT' : count(row.day)) },
      { title: 'payload octets', numeric: true, cell: (row) => count(row.payloadOctets) },
      { title: 'fired first', cell: (row) => words(row.detectors) },
      { title: 'in one scan', cell: (row) => (row.wholeMs === row.alertMs ? 'the same' : 'ANOTHER MOMENT') },
    ],
  )
}

function lookups({ lookups }: EvasionEvaluation): Section {
  return sectionOf(
    {
      name: 'evasion-lookups',
      title: 'Honest look-ups beside them',
      notes: [
        '200 look-ups of one shape as a tenth of what their client asks, none of them twice. None should be an alert.',
      ],
    },
    lookups,
    [
      { title: 'shape', cell: (row) => row.shape },
      { title: 'what it is', cell: (row) => row.description },
      { title: 'alerts', cell: (row) => (row.alerts.length === 0 ? '0' : words(row.alerts)) },
    ],
  )
}
