import { beforeAll, describe, expect, it } from 'vitest'
import { contestTrainers } from '../../src/cli/contest-trainers.ts'
import { loadDetectionModel } from '../../src/detect/load-detection-model.ts'
import { baselines } from '../../src/evaluate/contest/baselines/index.ts'
import { type Contest, runContest } from '../../src/evaluate/contest/contest.ts'
import { contestSections } from '../../src/evaluate/contest/contest-sections.ts'
import { ALLOWED, type Standing } from '../../src/evaluate/contest/standing.ts'
import { renderReport } from '../../src/evaluate/render.ts'
import { allRows, hasData, MANIFESTS } from './evaluation.ts'

const TABLES = ['tool', 'network'] as const
const ROUNDS = {
  tool: ['DET', 'dns2tcp', 'dnscat2', 'hex exfil', 'iodine'],
  network: [
    ...['Korving-F/dns-tunnel-dataset', 'Maryem125/pfe', 'elisaUD-cloud/IncidentesCiberseguridad'],
    ...['ggyggy666/DNS-Tunnel-Datasets', 'lab', 'tiansemi/CTF-HackerLab'],
  ],
} as const
/** Networks without tunnels. */
const QUIET = 20
const RECALL_MIN = 0.95

describe.runIf(hasData('contest'))('detectors on the same rows, at the same number of false domains', () => {
  let contest: Contest

  // Trains nine models: the longest of all checks.
  beforeAll(async () => {
    contest = await runContest(allRows(), loadDetectionModel(), contestTrainers(MANIFESTS))
  }, 1_800_000)

  const of = (part: Partial<Standing>) =>
    contest.standings.filter((one) =>
      Object.entries(part).every(([key, value]) => one[key as keyof Standing] === value),
    )

  it.each(TABLES)('judges every contestant on every %s', (table) => {
    for (const contestant of contest.names) {
      const own = of({ table, contestant, allowed: 0 })
      const rounds = own.filter(({ captures }) => captures > 0).map(({ round }) => round)
      expect(rounds.sort()).toEqual([...ROUNDS[table]].sort())
      expect(own.length - rounds.length).toBe(table === 'network' ? QUIET : 0)
    }
  })

  describe.each(TABLES)('leave one %s out', (table) => {
    describe.each(ALLOWED)('with %i false domains on the tuning rows', (allowed) => {
      it.each(['fused', 'alerts'])('%s finds at least what any baseline does, in every round', (contestant) => {
        for (const own of of({ table, allowed, contestant })) {
          for (const { name } of baselines) {
            const [other] = of({ table, allowed, contestant: name, round: own.round })
            expect(own.found, `${own.round}: ${name}`).toBeGreaterThanOrEqual(other.found)
          }
        }
      })

      it.each(['fused', 'alerts'])('%s finds 95 %% of the captures and more', (contestant) => {
        const own = of({ table, allowed, contestant })
        const found = own.reduce((sum, one) => sum + one.found, 0)
        expect(found / own.reduce((sum, one) => sum + one.captures, 0)).toBeGreaterThanOrEqual(RECALL_MIN)
      })
    })
  })

  it('finds nothing by saying "benign" of everything', () => {
    for (const { found, falseDomains } of of({ contestant: 'majority' })) expect([found, falseDomains]).toEqual([0, []])
  })

  it('does as docs/evaluation/contest.md says', async () => {
    const manifests = ['lab', 'public', 'seeds'].map((folder) => `../shared/data/${folder}/MANIFEST.csv`)
    const page = `# Our detectors and those of others

Every detector gets the same rows: all domains of all captures with times, each file an observation of its own. What learns is trained without the tool, or the network, that it is judged on. Then each score is cut where 0, or 3, domains of the benign training rows pass, so that nobody finds more by naming more; of equal scores none passes. That line stays as it is, and a capture counts as found when a domain of its tunnel scores more. What learns from tuning rows scores each of their domains by a fit that has not seen it; the language and query models do not, so the lines of \`L1\` and \`fused\` lie a little low.

\`alerts\` is what a scan says, at the lines of the product. \`fused\` ranks alerts first, then by the fused score. \`accounts\` and \`L1\` are its parts: octets up and down, and the sequential test of the query model. \`L2\` and \`L2 forest\` see a file as one window: boosted trees, and an isolation forest of benign domains; neither is part of a scan yet. A look-up service that the product recognises ranks lowest in \`fused\` and \`accounts\`, as it is named low in a scan; the others have no such class, and most of their lines are set by imitated look-up services of the lab. Leaving out the network \`lab\` shows what they do without: most find its tunnels then, and name its look-up services.

The others, as they were published: \`prefix-octets\` (unique prefix octets, exact), \`ibhh\` (the same in two minutes, by a weighted sketch), \`rita\` (distinct names a day), \`length-entropy\` (the usual rule), \`ahmed\` and \`nadler\` (isolation forests on 8 features of names and 6 of domains), \`born-gustafson\` (frequencies of characters and pairs), \`one-rule\` (the best single window feature), \`majority\` (nothing is a tunnel). Where each departs from its paper stands in its file under \`src/evaluate/contest/baselines\`.

A tunnel without a domain is one more sighting for everybody: the first name under each domain of its file that nobody had to register. The client and the server side of one lab run are two captures. Benign traffic of the lab is imitated and the sweep is a script, so no rate here is that of a site.

\`\`\`sh
wakeful evaluate --contest --format markdown --manifest ${manifests.join(' ')}
\`\`\`

Everything below is what this command prints; \`test/shared/contest.test.ts\` fails where it prints anything else. Renew the page with
\`npx vitest run --config vitest.shared.config.ts test/shared/contest.test.ts --update\`.

${renderReport(contestSections(contest), 'markdown')}`
    await expect(page).toMatchFileSnapshot('../../docs/evaluation/contest.md')
  })
})
