import { expect, it } from 'vitest'
import { type Row, rowsToBatch, START_MS } from '../../batch/rows.testing.ts'
import { Detector } from '../../detect/detector.ts'
import { loadDetectionModel } from '../../detect/load-detection-model.ts'
import { loadPublicSuffixes } from '../../dns/public-suffix.ts'
import { domainKey, type OwnScores, ownScores } from './own-scores.ts'
import { tunnelSighting } from './sighting.testing.ts'
import { UNREGISTERED } from './sighting.ts'

const model = loadDetectionModel()

function scoresOf(names: readonly string[], row: Partial<Row> = {}): OwnScores {
  const rows = names.map((qname, i) => ({ qname, time: START_MS + i * 1000, ...row }))
  const detector = new Detector(model, loadPublicSuffixes(), { timed: true })
  detector.process(rowsToBatch(rows))
  detector.finish()
  return ownScores(detector, model)
}

const payload = tunnelSighting(60).prefixes.map((prefix) => prefix.replace('.t', ''))

it('ranks an alert above every score that is none', () => {
  const [scores] = scoresOf(payload.map((text) => `${text}.t.example.com`)).values()
  expect(scores.alerts).toBe(1)
  expect(scores.fused).toBeGreaterThan(1)
  expect(scores.accounts).toBeGreaterThan(1)
  expect(scores.L1).toBeGreaterThan(0)
})

it('says little of hosts, and nothing of domains that hold next to nothing', () => {
  const quiet = scoresOf(['www.example.com', 'mail.example.com', 'shop.example.com', 'ftp.example.com'])
  const [hosts] = quiet.values()
  expect(hosts.alerts).toBe(0)
  expect(hosts.fused).toBeLessThan(0.5)
  expect(hosts.accounts).toBeLessThan(0.1)
  expect(scoresOf(['www.example.com']).size).toBe(0)
})

it('ranks a look-up service lowest, whatever it sums up to', () => {
  // Reputation of addresses, reversed, as one query in ten of its client.
  const reversed = (i: number) => [i % 250, (i * 7) % 250, (i * 13) % 250, 10 + (i % 80)].join('.')
  const names = Array.from({ length: 4000 }, (_, i) =>
    i % 10 === 0 ? `${reversed(i)}.bl.example.com` : `www.site${i % 50}.com`,
  )
  const scores = [...scoresOf(names, { addressOctets: 4 }).values()]
  const [service, ...others] = scores.filter(({ fused }) => fused === 0)
  expect(service).toMatchObject({ alerts: 0, accounts: 0 })
  expect(others).toEqual([])
})

it('gives names that nobody registered the score of who asked for them', () => {
  const scores = scoresOf(payload.map((text) => `dnscat.${text}`))
  expect(scores.get(UNREGISTERED)?.alerts).toBe(1)
})

it('knows a domain by its hash as the table does, which has no high half of 0', () => {
  expect(domainKey(5, 0)).toBe('5,1')
  expect(domainKey(5, 6)).toBe('5,6')
})
