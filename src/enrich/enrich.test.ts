import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Server } from 'node:net'
import { createServer as createTcpServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { FactCache } from './cache.ts'
import { domainAge } from './domain-age.ts'
import { enrich } from './enrich.ts'
import type { Answer, Provider } from './fact.ts'
import { popularity, threatList } from './local-lists.ts'
import { reputation } from './reputation.ts'

const NOW = Date.UTC(2026, 10, 26)
const DAY_MS = 86_400_000
const folder = mkdtempSync(join(tmpdir(), 'wakeful-enrich-'))
afterAll(() => rmSync(folder, { recursive: true }))
const servers: (Server & { closeAllConnections?(): void })[] = []
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections?.()
    server.close()
  }
})

/** A service on the loopback, and every request it got. */
async function serve(answer: (url: string, response: ServerResponse) => void) {
  const asked: { url: string; key: string | undefined }[] = []
  const server = createServer((request: IncomingMessage, response) => {
    asked.push({ url: request.url!, key: request.headers['x-apikey'] as string | undefined })
    answer(request.url!, response)
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked }
}

const json =
  (value: unknown, status = 200) =>
  (_: string, response: ServerResponse) => {
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(JSON.stringify(value))
  }
const soon = () => AbortSignal.timeout(300)
const stats = (malicious: number, harmless: number) => ({
  data: { attributes: { last_analysis_stats: { malicious, suspicious: 1, harmless, undetected: 5, timeout: 3 } } },
})

describe('reputation', () => {
  const ask = async (answer: Parameters<typeof serve>[0], key: string | undefined = 'secret') => {
    const { base, asked } = await serve(answer)
    return { answer: await reputation(key, () => NOW, base).ask('evil.example', soon()), asked }
  }

  it('is the share of engines against a domain, asked for with the key and nothing but the domain', async () => {
    const { answer, asked } = await ask(json(stats(7, 87)))
    expect(answer).toEqual({
      fact: {
        ...{ kind: 'reputation', value: 8 / 100, words: '8 of 100 engines are against it' },
        ...{ source: expect.stringMatching(/^127\.0\.0\.1:/), asOf: '2026-11-26T00:00:00.000Z' },
      },
    })
    expect(asked).toEqual([{ url: '/api/v3/domains/evil.example', key: 'secret' }])
  })

  it.each<[string, Parameters<typeof serve>[0], string]>([
    ['a domain nobody knows', json({}, 404), 'unknown'],
    ['a spent quota', json({}, 429), 'quota'],
    ['a wrong key', json({}, 401), 'refused'],
    ['another object', json({ data: {} }), 'malformed'],
    [
      'no engine that said anything',
      json({ data: { attributes: { last_analysis_stats: { malicious: 0 } } } }),
      'malformed',
    ],
    ['text', (_, response) => response.end('<html>'), 'malformed'],
    ['two mebibytes', (_, response) => response.end(`"${'x'.repeat(2 << 20)}"`), 'malformed'],
    ['a redirect', (_, response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(), 'unreachable'],
    ['silence', () => {}, 'time-out'],
    ['half an answer', (_, response) => response.writeHead(200).write('{"data"'), 'time-out'],
  ])('of %s is missing, never 0', async (_, how, missing) => {
    expect((await ask(how)).answer).toEqual({ missing })
  })

  it('asks nobody without a key', async () => {
    const { base, asked } = await serve(json(stats(1, 1)))
    expect(await reputation(undefined, () => NOW, base).ask('evil.example', soon())).toEqual({ missing: 'no-key' })
    expect(asked).toEqual([])
  })
})

describe('domainAge', () => {
  const bootstrap = (base: string) => ({ version: '1.0', services: [[['example', 'test'], [`${base}/rdap`]]] })
  const registered = (date: string) => ({
    events: [
      { eventAction: 'last changed', eventDate: '2026-01-01' },
      { eventAction: 'registration', eventDate: date },
    ],
  })

  async function ask(
    rdap: Parameters<typeof serve>[0],
    { whois, domain = 'evil.example' }: { whois?: string; domain?: string } = {},
  ) {
    let base = ''
    const service = await serve((url, response) =>
      url === '/dns.json' ? json(bootstrap(base))(url, response) : rdap(url, response),
    )
    base = service.base
    const provider = domainAge({ newDays: 100, atMs: NOW, now: () => NOW, bootstrap: `${base}/dns.json`, whois })
    return { answer: await provider.ask(domain, soon()), asked: service.asked.map(({ url }) => url) }
  }

  /** A whois server that says this. */
  async function whoisServer(text: string | undefined): Promise<string> {
    const server = createTcpServer((socket) => {
      socket.on('error', () => {})
      socket.on('data', () => text !== undefined && socket.end(text))
    })
    servers.push(server)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return `127.0.0.1:${(server.address() as AddressInfo).port}`
  }
  const figureOf = (answer: Answer) => ('fact' in answer ? answer.fact.value : answer.missing)

  it('is told by the registry that IANA’s list names', async () => {
    const { answer, asked } = await ask(json(registered('2026-11-14T10:00:00Z')))
    expect(answer).toMatchObject({
      fact: { kind: 'age', value: 11, words: 'newly registered: 2026-11-14, 11 days before' },
    })
    expect(asked).toEqual(['/dns.json', '/rdap/domain/evil.example'])
    expect(await ask(json(registered('2020-01-01')))).toMatchObject({
      answer: { fact: { words: 'registered 2020-01-01, 2,521 days before' } },
    })
  })

  it('of a day before the registration says so', async () => {
    expect((await ask(json(registered('2026-12-24')))).answer).toMatchObject({
      fact: { words: expect.stringContaining('after what was seen') },
    })
  })

  it.each<[string, Parameters<typeof serve>[0], string]>([
    ['an unregistered name', json({}, 404), 'unknown'],
    ['no event', json({ events: 'none' }), 'malformed'],
    ['no date', json(registered('soon')), 'malformed'],
    ['silence', () => {}, 'time-out'],
  ])('of %s is missing', async (_, rdap, missing) => {
    expect((await ask(rdap)).answer).toEqual({ missing })
  })

  it('is asked of whois where RDAP says nothing, referrals followed', async () => {
    const registry = await whoisServer('Domain Name: EVIL.EXAMPLE\r\nCreation Date: 2026-10-01T00:00:00Z\r\n')
    const root = await whoisServer(`% IANA\nrefer:        ${registry}\n`)
    expect(figureOf((await ask(json({}, 404), { whois: root })).answer)).toBe(56)
    expect(figureOf((await ask(json({}), { whois: root, domain: 'evil.invalid' })).answer)).toBe(56)
    const british = await whoisServer('    Registered on: 14-Nov-2026\n')
    expect(figureOf((await ask(json({}, 404), { whois: british })).answer)).toBe(12)
  })

  it('stays unknown where whois says nothing that can be told', async () => {
    const vague = await whoisServer('created: 03/04/2026\n')
    const silent = await whoisServer(undefined)
    const loop = await whoisServer('refer: 127.0.0.1:1\n')
    expect(figureOf((await ask(json({}, 404), { whois: vague })).answer)).toBe('unknown')
    expect(figureOf((await ask(json({}, 404), { whois: loop })).answer)).toBe('unknown')
    expect(figureOf((await ask(json({}, 404), { whois: silent })).answer)).toBe('time-out')
  })
})

describe('local lists', () => {
  const file = (name: string, text: string) => {
    const path = join(folder, name)
    writeFileSync(path, text)
    utimesSync(path, NOW / 1000, NOW / 1000)
    return path
  }

  it('know ranks; what they lack is unknown, not unpopular', async () => {
    const provider = popularity(file('tranco.csv', '\ufeff1,google.com\r\n2,Example.ORG\nx,bad\n\n'))
    expect(await provider.ask('example.org', soon())).toEqual({
      fact: {
        kind: 'popularity',
        value: 2,
        words: 'rank 2 of 2',
        source: 'tranco.csv',
        asOf: '2026-11-26T00:00:00.000Z',
      },
    })
    expect(await provider.ask('evil.example', soon())).toEqual({ missing: 'unknown' })
  })

  it('know threats in the forms lists come in', async () => {
    const registered = (name: string) => name.split('.').slice(-2).join('.')
    for (const text of [
      '# c\nevil.example\n',
      '0.0.0.0 a.evil.example\n',
      '2026-11-01,"evil.example",dga\n',
      '||evil.example^\n',
    ]) {
      expect(await threatList(file('list', text), registered).ask('evil.example', soon())).toMatchObject({
        fact: { kind: 'list' },
      })
    }
    expect(await threatList(file('list', 'other.example\n'), registered).ask('evil.example', soon())).toEqual({
      missing: 'unknown',
    })
  })

  it('that cannot be read say what to do', () => {
    expect(() => popularity(join(folder, 'absent'))).toThrow('cannot be read: check its name')
    expect(() => popularity(file('empty', '\n'))).toThrow('holds no line of the form rank,domain')
    expect(() => threatList(file('none', '# nothing\n'), String)).toThrow('holds no domain')
  })
})

describe('FactCache', () => {
  const fact = { kind: 'age', words: 'registered', value: 9, source: 'x', asOf: '2026-11-26' } as const
  const path = join(folder, 'cache')

  it('keeps facts, and for a day that there are none; failures never', () => {
    let time = NOW
    const cache = new FactCache(path, () => time)
    cache.keep('age', 'evil.example', { fact })
    cache.keep('age', 'other.example', { missing: 'unknown' })
    cache.keep('age', 'late.example', { missing: 'time-out' })
    expect(['evil', 'other', 'late'].map((name) => cache.get('age', `${name}.example`))).toEqual([
      { fact },
      { missing: 'unknown' },
      undefined,
    ])
    time += 2 * DAY_MS
    expect(cache.get('age', 'other.example')).toBeUndefined()
    time += 40 * DAY_MS
    expect(cache.get('age', 'evil.example')).toBeUndefined()
  })

  it('takes a file of another version, or none at all, as if it were not there, counted', () => {
    const cache = new FactCache(path, () => NOW)
    for (const text of ['{"version":9}', 'not json', '{"version":1,"domain":"evil.example","savedMs":0,"fact":7}']) {
      cache.keep('age', 'evil.example', { fact })
      for (const name of readdirSync(path)) writeFileSync(join(path, name), text)
      expect(cache.get('age', 'evil.example')).toBeUndefined()
    }
    expect(cache.unusable).toBe(2)
  })
})

describe('enrich', () => {
  const told = (domain: string, kind: Provider['kind'] = 'age'): Answer => ({
    fact: { kind, words: domain, value: 1, source: 's', asOf: 'd' },
  })

  it('asks each provider once about each domain, and the cache first', async () => {
    const asked: string[] = []
    const provider: Provider = {
      kind: 'age',
      isRemote: true,
      ask: async (domain) => {
        asked.push(domain)
        return told(domain)
      },
    }
    const cache = new FactCache(join(folder, 'asked'), () => NOW)
    const patience = { questionMs: 100, betweenMs: 1 }
    for (let i = 0; i < 2; i++) {
      const found = await enrich(['a.example', 'b.example'], [provider], cache, patience, soon())
      expect(found.map(({ facts }) => facts[0].words)).toEqual(['a.example', 'b.example'])
    }
    expect(asked).toEqual(['a.example', 'b.example'])
  })

  it('ends on time whoever hangs, with what the others said', async () => {
    const hangs: Provider = { kind: 'reputation', isRemote: true, ask: () => new Promise(() => {}) }
    const knows: Provider = { kind: 'list', isRemote: false, ask: async (domain) => told(domain, 'list') }
    const cache = new FactCache(undefined, () => NOW)
    const [found] = await enrich(
      ['a.example'],
      [hangs, knows],
      cache,
      { questionMs: 50, betweenMs: 0 },
      AbortSignal.timeout(100),
    )
    expect(found.facts.map(({ kind }) => kind)).toEqual(['list'])
    expect(found.missing).toEqual({ reputation: 'time-out' })
  })

  it('leaves a pause between questions to one provider: who has no time for it is not asked again', async () => {
    const asked: string[] = []
    const provider: Provider = {
      ...{ kind: 'age', isRemote: true },
      ask: async (domain) => {
        asked.push(domain)
        return told(domain)
      },
    }
    const patience = { questionMs: 100, betweenMs: 3_600_000 }
    const cache = new FactCache(undefined, () => NOW)
    const found = await enrich(['a.example', 'b.example'], [provider], cache, patience, AbortSignal.timeout(100))
    expect(asked).toEqual(['a.example'])
    expect(found[1].missing).toEqual({ age: 'time-out' })
  })
})
