import { existsSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { loadDetectionModel } from '../../src/detect/load-detection-model.ts'
import { type EvasionEvaluation, evaluateEvasion } from '../../src/evaluate/evasion.ts'
import { isLate } from '../../src/evaluate/evasion-misses.ts'
import { evasionSections } from '../../src/evaluate/evasion-sections.ts'
import { readManifest } from '../../src/evaluate/manifest.ts'
import { renderReport } from '../../src/evaluate/render.ts'
import * as lab from '../../src/lab/evasion/index.ts'
import { hasData, MANIFESTS } from './evaluation.ts'

const LAB = MANIFESTS[0]
/** Payload octets of an encoding that makes most of its client's questions; of text, when packed. */
const ENCODING_OCTETS_MAX = 640
/** The stated budget of the address forms, whatever share they are: octets of information a day. */
const LOOKUP_OCTETS = 16 * 1024
const ADDRESS_FORMS = ['reversed-address', 'reversed-address6']
/** What a scan cannot see yet; docs/evaluation/evasion.md says why. */
const UNSEEN = ['case-bits']
/** Honest shapes that may be alerts, each with the reason. */
const EXPLAINED: Readonly<Record<string, string>> = {}

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
    const alone = () => evaluation.encodings.filter(({ decoys }) => decoys === 0)
    const named = (rows: readonly { encoder: string }[]) => [...new Set(rows.map(({ encoder }) => encoder))]

    it('are all of the lab’s, with three payloads, answered and not', () => {
      expect(alone()).toHaveLength(named(lab.encodingScenes.map(({ name }) => ({ encoder: name }))).length * 6)
    })

    it('alert before 640 octets of payload, text as packed', () => {
      const judged = alone().filter(({ encoder }) => ![...ADDRESS_FORMS, ...UNSEEN].includes(encoder))
      expect(named(judged.filter((row) => row.payload !== 'text' && isLate(row)))).toEqual([])
      const late = judged.filter(({ alertMs, packedOctets }) => alertMs === null || packedOctets > ENCODING_OCTETS_MAX)
      expect(named(late)).toEqual([])
    })

    it('as reversed addresses stay inside the budget of look-ups', () => {
      const over = alone().filter(
        ({ encoder, packedOctets }) => ADDRESS_FORMS.includes(encoder) && packedOctets > LOOKUP_OCTETS,
      )
      expect(named(over)).toEqual([])
    })

    it('are missed where the page says so', () => {
      expect(
        named(alone().filter(({ encoder, alertMs }) => alertMs === null && !ADDRESS_FORMS.includes(encoder))),
      ).toEqual(UNSEEN)
    })
  })

  it.each(lab.slowLeakScenes.map(({ name, ordinaryADay }) => [name, ordinaryADay] as const))(
    'a leak of 1 KiB a day as %s among %i questions a day alerts by day 3, at the moment one scan of all would',
    (name, ordinaryADay) => {
      const leak = evaluation.leaks.find((row) => row.encoder === name && row.ordinaryADay === ordinaryADay)!
      expect(leak.day).not.toBeNull()
      expect(leak.day).toBeLessThanOrEqual(3)
      expect(leak.wholeMs).toBe(leak.alertMs)
    },
  )

  it('honest look-ups are no alerts', () => {
    const alarms = evaluation.lookups.filter(({ alerts }) => alerts.length > 0).map(({ shape }) => shape)
    expect(alarms.filter((shape) => EXPLAINED[shape] === undefined)).toEqual([])
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
