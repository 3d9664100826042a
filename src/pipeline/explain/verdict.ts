import { type Incident, isAlert } from '../../detect/incident.ts'
import type { DomainAccount } from './domain-account.ts'

/** One sentence on how a domain stands in one observation, and why. */
export function verdict(domain: string, account: Omit<DomainAccount, 'verdict'>): string {
  const { incidents } = account
  const own = incidents.find((incident) => incident.scope === 'domain' && isAlert(incident))
  if (own) return `${domain} is an alert (${own.severity}, confidence ${own.confidence}): ${firedWords(own)}.`
  const group = incidents.find((incident) => incident.scope === 'client')
  if (group) {
    const others = group.relatedDomains.length.toLocaleString('en-US')
    return `${domain} belongs to an alert (${group.severity}) on the client ${group.clients[0]}, which spreads names over it and ${others} other domains: ${firedWords(group)}.`
  }
  const { heldAs } = account.lookup ?? {}
  if (heldAs)
    return `${domain} is no alert: a limit was passed, and it stands as a look-up service by the form "${heldAs}".`
  if (account.queries > 0 && account.queries === account.bare) {
    return `${domain} is no alert: only the domain itself was asked for, and a domain that had to be registered says nothing new.`
  }
  const nearest = account.readings.reduce((a, b) => (b.highest / b.limit > a.highest / a.limit ? b : a))
  const percent = Math.round((nearest.highest / nearest.limit) * 100)
  const share = percent < 1 ? 'less than 1' : String(percent)
  const silent = nearest.silent === '' ? '' : `, and it ${nearest.silent}`
  return `${domain} is no alert: the nearest to its limit is ${nearest.detector} over ${nearest.over} at ${share} %${silent}.`
}

function firedWords(incident: Incident): string {
  const fired = incident.detectors.filter((detector) => detector.fired).map((detector) => detector.name)
  const names = fired.length > 1 ? `${fired.slice(0, -1).join(', ')} and ${fired[fired.length - 1]}` : fired.join('')
  const first = incident.queriesBeforeAlert
  return `${names} passed ${fired.length === 1 ? 'its limit' : 'their limits'}${first === null ? '' : `, the first at query ${first.toLocaleString('en-US')}`}`
}
