import { parseSettings } from '../../src/settings/read-settings.ts'
import { SettingsError } from '../../src/settings/settings-error.ts'
import { readJournalLine, writeJournalLine } from '../../src/store/journal-line.ts'
import { parseSearch } from '../../src/store/search.ts'
import { accepted, demand, type Target } from './target.ts'

const text = (value: string) => new Uint8Array(Buffer.from(value))
const read = (bytes: Uint8Array) => Buffer.from(bytes).toString('utf8')

const CONFIGURATION = `sources: [zeek:/logs, dnstap:unix:/run/tap.sock]
listen: { host: 127.0.0.1, port: 8053 }
burnIn: 24h
alerts:
  - { type: webhook, url: https://hook.example/x, format: slack, allowNetworks: [10.0.0.0/8] }
  - { type: syslog, transport: tls, host: siem.example }
blocklist: &list { rpz: /tmp/block.rpz, overrides: [a.example] }
`

/** What a service reads of people and of its own files: one line a reader. */
export const SERVICE_TARGETS: readonly Target[] = [
  {
    name: 'settings',
    corpus: [text(CONFIGURATION)],
    weight: 2,
    run: (bytes) =>
      accepted(
        () => parseSettings(read(bytes), 'x'),
        (error) => error instanceof SettingsError,
      ),
  },
  {
    name: 'search',
    corpus: [text('src:10.0.0.0/8 severity:>=high -tool:iodine out:>=1000 is:open sort:out-asc evil.example')],
    weight: 2,
    run: (bytes) => parseSearch(read(bytes)).problem === undefined,
  },
  {
    name: 'journal-line',
    corpus: [text(writeJournalLine({ kind: 'audit', atMs: 5, who: 'anna', action: 'x', subject: 'y' }).trimEnd())],
    weight: 2,
    run: (bytes) => {
      const entry = readJournalLine(read(bytes))
      if (entry === undefined) return false
      demand(writeJournalLine(entry) === `${read(bytes)}\n`, 'an entry that is written as another')
      return true
    },
  },
]
