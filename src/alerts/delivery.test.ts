import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Alert } from '../sinks/alerts/alert.ts'
import { anIncident } from '../sinks/incident.testing.ts'
import { Delivery } from './delivery.ts'
import { Spool } from './spool.ts'
import { DeliveryError } from './target.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wakeful-spool-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const alert = (revision: number): Alert => ({ incident: anIncident(), revision, link: null })
const quiet = { onDoubt() {}, onTrouble() {} }

/** A target that fails as it is told to, and a world in which no time passes. */
function make(answers: (DeliveryError | 'taken')[], spool = new Spool(folder, quiet)) {
  const taken: number[] = []
  const waits: number[] = []
  const troubles: (string | undefined)[] = []
  const delivery = new Delivery(
    {
      name: 'hook',
      deliver: async ({ revision }) => {
        const answer = answers.shift() ?? 'taken'
        if (answer !== 'taken') throw answer
        taken.push(revision)
      },
    },
    spool,
    {
      pause: async (ms) => {
        waits.push(ms)
        await new Promise((resolve) => setImmediate(resolve))
      },
      random: () => 0,
      onTrouble: (_, sentence) => void troubles.push(sentence),
    },
  )
  const until = async (holds: () => boolean) => {
    while (!holds()) await new Promise((resolve) => setImmediate(resolve))
  }
  return { delivery, spool, taken, waits, troubles, until }
}

const down = new DeliveryError('hook answers 500.')

describe('a delivery', () => {
  it('sends in order, each once, and tries again after twice the wait', async () => {
    const { delivery, taken, waits, troubles, until } = make([down, down, down, 'taken'])
    delivery.start()
    for (const revision of [1, 2, 2, 1, 3]) delivery.add(alert(revision))
    await until(() => taken.length === 3)
    expect(taken).toEqual([1, 2, 3])
    expect(waits).toEqual([1000, 2000, 4000])
    expect(troubles).toEqual(['hook answers 500. It is tried again.', undefined])
    await delivery.close(0)
    expect(delivery.status).toMatchObject({ waiting: 0, sent: 3, refused: 0, dropped: 0, trouble: null })
  })

  it('waits no longer than five minutes of its own, and ten where it is asked to', async () => {
    const busy = new DeliveryError('hook answers 429.', { waitMs: 9_000_000 })
    const { delivery, waits, taken, until } = make([...Array(12).fill(down), busy])
    delivery.start()
    delivery.add(alert(1))
    await until(() => taken.length === 1)
    expect(Math.max(...waits.slice(0, 12))).toBe(300_000)
    expect(waits.at(-1)).toBe(600_000)
    await delivery.close(0)
  })

  it('passes over what is refused for good, and says so', async () => {
    const { delivery, taken, troubles, until } = make([new DeliveryError('hook answers 400.', { isFinal: true })])
    delivery.start()
    delivery.add(alert(1))
    delivery.add(alert(2))
    await until(() => taken.length === 1)
    await until(() => delivery.status.waiting === 0)
    expect(taken).toEqual([2])
    expect(troubles[0]).toContain('not sent again')
    expect(delivery.status).toMatchObject({ sent: 1, refused: 1 })
    await delivery.close(0)
  })

  it('goes on after a restart with what waited, and knows what was sent before', async () => {
    const first = make(Array(1000).fill(down))
    first.delivery.start()
    for (const revision of [1, 2, 3]) first.delivery.add(alert(revision))
    await first.until(() => first.waits.length > 3)
    await first.delivery.close(0)
    const second = make([])
    second.delivery.start()
    await second.until(() => second.taken.length === 3)
    expect(second.taken).toEqual([1, 2, 3])
    await second.delivery.close(0)
    const third = make([])
    third.delivery.start()
    for (const revision of [1, 2, 3, 4]) third.delivery.add(alert(revision))
    await third.until(() => third.taken.length === 1)
    expect(third.taken).toEqual([4])
    expect(third.delivery.status.sent).toBe(4)
    await third.delivery.close(0)
  })

  it('gives up the oldest past the cap, and counts them', async () => {
    const { delivery, taken, until } = make([], new Spool(folder, quiet, 3))
    for (const revision of [1, 2, 3, 4, 5]) delivery.add(alert(revision))
    expect(delivery.status).toMatchObject({ waiting: 3, dropped: 2 })
    delivery.start()
    await until(() => taken.length === 3)
    expect(taken).toEqual([3, 4, 5])
    await delivery.close(0)
  })

  it('is not ended by a bug in a target', async () => {
    const { delivery, taken, troubles, until } = make([new TypeError('x is not a function') as DeliveryError])
    delivery.start()
    delivery.add(alert(1))
    await until(() => taken.length === 1)
    expect(troubles[0]).toContain('x is not a function')
    await delivery.close(0)
  })
})
