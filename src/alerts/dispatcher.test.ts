import { describe, expect, it } from 'vitest'
import type { Alert } from '../sinks/alerts/alert.ts'
import { anIncident } from '../sinks/incident.testing.ts'
import type { Stand } from '../store/standing.ts'
import type { Delivery } from './delivery.ts'
import { Dispatcher, type News, type Route } from './dispatcher.ts'

const open: Stand = { standing: 'open', suppression: null, pastBudget: false }
const withheld: Stand = { standing: 'withheld', suppression: 's', pastBudget: false }

function told(route: Partial<Route>, ...news: Partial<News>[]): Alert[] {
  const alerts: Alert[] = []
  const delivery = { add: (alert: Alert) => void alerts.push(alert) } as unknown as Delivery
  const all: Route = { delivery, minSeverity: 'medium', revisions: 'all', preview: false, ...route }
  const dispatcher = new Dispatcher([all], (id) => `http://w/${id}`)
  for (const one of news) {
    dispatcher.dispatch({
      ...{ incident: anIncident(), revision: 1, stand: open, demo: false, burnIn: false, before: undefined, ...one },
    })
  }
  return alerts
}

describe('a dispatcher', () => {
  it('tells of an alert, with its link and without its payload', () => {
    const decoded = { encoding: 'hex', preview: 'secret', magic: null, entropyBefore: 4, entropyAfter: 8 }
    const incident = anIncident({ evidence: { ...anIncident().evidence, decoded } })
    const [alert] = told({}, { incident })
    expect(alert.link).toBe('http://w/0123456789abcdef')
    expect(JSON.stringify(alert)).not.toContain('secret')
    expect(alert.incident.evidence.sampleQnames).toEqual([])
    expect(told({ preview: true }, { incident })[0].incident).toEqual(incident)
  })

  it.each([
    ['demo', { demo: true }],
    ['of a burn-in', { burnIn: true }],
    ['withheld', { stand: withheld }],
    ['benign', { stand: { ...open, standing: 'benign' as const } }],
    ['low', { incident: anIncident({ severity: 'low' }) }],
  ])('tells nobody of what is %s', (_, news) => {
    expect(told({}, news)).toEqual([])
  })

  it('tells a chat when an incident begins, gets worse, or stands as an alert again, and not each hour', () => {
    const at = (revision: number, severity: 'high' | 'critical', before: News['before']) => ({
      ...{ incident: anIncident({ severity }), revision, before },
    })
    const alerts = told(
      { revisions: 'raised' },
      at(1, 'high', undefined),
      at(2, 'high', { severity: 'high', stand: open }),
      at(3, 'critical', { severity: 'high', stand: open }),
      at(4, 'critical', { severity: 'critical', stand: open }),
      at(5, 'critical', { severity: 'critical', stand: withheld }),
    )
    expect(alerts.map(({ revision }) => revision)).toEqual([1, 3, 5])
  })
})
