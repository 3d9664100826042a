import { existsSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { readManifest } from '../../src/datasets/manifest.ts'
import { loadDetectionModel } from '../../src/detect/load-detection-model.ts'
import { type EvasionEvaluation, evaluateEvasion } from '../../src/evaluate/evasion.ts'
import { isAll, isMost } from '../../src/evaluate/evasion-encodings.ts'
import { isLate } from '../../src/evaluate/evasion-misses.ts'
import { evasionSections } from '../../src/evaluate/evasion-sections.ts'
import { renderReport } from '../../src/evaluate/render.ts'
import * as lab from '../../src/lab/evasion/index.ts'
import { hasData, MANIFESTS } from './evaluation.ts'

const LAB = MANIFESTS[0]
/** Payload octets of an encoding that makes most of its client's questions; of text, when packed. */
const ENCODING_OCTETS_MAX = 640
/** The stated budget of the address forms, whatever share they are: octets of information a day. */
const LOOKUP_OCTETS = 16 * 1024
const ADDRESS_FORMS = ['reversed-address', 'reversed-address6']
/** What a scan does not see where a client asks nothing else; docs/evaluation/evasion.md says why. */
const UNSEEN = ['case-bits']
/** Slow leaks in the form of look-ups, inside the budget of that class for a day: encoder and how often a name is asked. */
const SLOW_UNSEEN = ['reversed-address 1', 'base32 2']
/** Honest shapes that may be alerts, each with the reason. */
const EXPLAINED: Readonly<Record<string, string>> = {
  'file-reputation': 'its label of flags has one of seven values, of four lengths, so the form is not fixed',
}

describe.runIf(hasData('evasion') && existsSync(LAB))('detection of those who know how it works', () => {
  let evaluation: EvasionEvaluation

  // One run, which every assertion reads.
  beforeAll(async () => {
    const rows = readManifest(LAB).filter(({ split }) => split === 'dev')
    evaluation = await evaluateEvasion(rows, loadDetectionModel(), lab)
  }, 300_000)

  describe('captures', () => {
    const of = (name: string) => evaluation.captures.filter(({ transform }) => transform === name)

    it('are 11 of the lab, on both sides of the resolver, through every transform', () => {
      for (const { name } of lab.transforms) expect(of(name), name).toHaveLength(22)
    })

    it('alert before 2 KiB of prefix at a clock 60 times slower', () => {
      const late = of('slower-60x').filter(({ alertMs, before }) => alertMs === null || before.prefixOctets >= 2048)
      expect(late.map(({ file }) => file)).toEqual([])
    })

    it('name nothing but the tunnel', () => {
      expect(evaluation.captures.flatMap(({ transform, outside }) => outside.map((name) => [transform, name]))).toEqual(
        [],
      )
    })
  })

  describe('encodings that make most of their client’s questions', () => {
    const most = () => evaluation.encodings.filter(isMost)
    const named = (rows: readonly { encoder: string }[]) => [...new Set(rows.map(({ encoder }) => encoder))]

    it('are all of the lab’s, with three payloads, answered and not', () => {
      expect(most()).toHaveLength(named(lab.encodingScenes.map(({ name }) => ({ encoder: name }))).length * 6)
    })

    it('alert before 640 octets of payload, text as packed', () => {
      const judged = most().filter(({ encoder }) => !ADDRESS_FORMS.includes(encoder))
      expect(named(judged.filter((row) => row.payload !== 'text' && isLate(row)))).toEqual([])
      const late = judged.filter(({ alertMs, packedOctets }) => alertMs === null || packedOctets > ENCODING_OCTETS_MAX)
      expect(named(late)).toEqual([])
    })

    it('as reversed addresses stay inside the budget of look-ups', () => {
      const over = most().filter(
        ({ encoder, packedOctets }) => ADDRESS_FORMS.includes(encoder) && packedOctets > LOOKUP_OCTETS,
      )
      expect(named(over)).toEqual([])
    })

    it('do no better where they are all that the client asks, but for those known', () => {
      const missed = evaluation.encodings.filter((row) => isAll(row) && isLate(row)).map(({ encoder }) => encoder)
      expect(missed.filter((encoder) => !ADDRESS_FORMS.includes(encoder))).toEqual(UNSEEN)
    })
  })

  describe('a leak of 1 KiB a day', () => {
    it.each([50, 500, 2000])('as base32 among %i questions a day alerts by day 3', (ordinaryADay) => {
      const found = evaluation.leaks.filter((leak) => leak.encoder === 'base32' && leak.asks === 1)
      const leak = found.find((row) => row.ordinaryADay === ordinaryADay)!
      expect(leak.day).not.toBeNull()
      expect(leak.day).toBeLessThanOrEqual(3)
    })

    it('alerts in nightly scans at the moment when one scan of all would', () => {
      expect(evaluation.leaks.filter(({ alertMs, wholeMs }) => alertMs !== wholeMs)).toEqual([])
    })

    it('is missed only where the page says why', () => {
      const missed = evaluation.leaks.filter(({ day }) => day === null || day > 3)
      expect(missed.map(({ encoder, asks }) => `${encoder} ${asks}`)).toEqual(SLOW_UNSEEN)
    })
  })

  it('honest look-ups are no alerts, but those explained', () => {
    const alarms = evaluation.lookups.filter(({ alerts }) => alerts.length > 0).map(({ shape }) => shape)
    expect(alarms).toEqual(Object.keys(EXPLAINED))
  })

  it('is what docs/evaluation/evasion.md says', async () => {
    const page = `# Detection of those who know how it works

An attacker can change the spelling, the pace and the places of a tunnel, never how much has to be said. Here the held-out captures of the lab are asked again in other ways, every encoder of the lab sends a payload, and a kibibyte a day leaks for a week, each measured by what had left with the question that raised the alert. What was sent is known from who sent it, not from our own estimate. All of this is made: it says what is survived, not how often it comes, and whoever made it knew the rules it is held against.

\`\`\`sh
wakeful evaluate --evasion --split dev --format markdown --manifest ../shared/data/lab/MANIFEST.csv
\`\`\`

Everything below is what this command prints; \`test/shared/evasion.test.ts\` fails where it prints anything else. Renew the page with
\`npx vitest run --config vitest.shared.config.ts test/shared/evasion.test.ts --update\`.

${renderReport(evasionSections(evaluation), 'markdown')}`
    await expect(page).toMatchFileSnapshot('../../docs/evaluation/evasion.md')
  })
})
