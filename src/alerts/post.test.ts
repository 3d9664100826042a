import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addressGuard } from './address-guard.ts'
import { post } from './post.ts'
import type { DeliveryError } from './target.ts'

let server: Server
let base: string
const asked: string[] = []

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request.url ?? '')
    const [, status = '200'] = (request.url ?? '').split(/[/?]/)
    if (status === 'hang') return
    if (status === 'endless') {
      response.writeHead(200)
      const timer = setInterval(() => response.write('x'.repeat(65_536)), 1)
      response.on('close', () => clearInterval(timer))
      return
    }
    const location = `${base}/landed`
    response.writeHead(Number(status), { location, ...(status === '429' ? { 'retry-after': '7' } : {}) })
    response.end('ok')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => void server.close().closeAllConnections())

const loopback = addressGuard(['127.0.0.0/8', '::1/128'])

async function send(
  url: string,
  guard = loopback,
  signal = AbortSignal.timeout(5000),
): Promise<DeliveryError | undefined> {
  try {
    await post({ url: new URL(url), headers: {}, body: '{}', guard, name: 'hook' }, signal)
    return undefined
  } catch (error) {
    return error as DeliveryError
  }
}

describe('a post', () => {
  it('is done at success, whatever the answer is and however long', async () => {
    expect(await send(`${base}/200`)).toBeUndefined()
    expect(await send(`${base}/endless`)).toBeUndefined()
  })

  it.each([
    [500, false],
    [503, false],
    [429, false],
    [401, false],
    [404, false],
    [400, true],
    [413, true],
  ])('%i: for good is %s', async (status, isFinal) => {
    expect(await send(`${base}/${status}`)).toMatchObject({ isFinal, message: `hook answers ${status}.` })
  })

  it('hears how long to wait', async () => {
    expect(await send(`${base}/429`)).toMatchObject({ waitMs: 7000 })
  })

  it.each([301, 302, 307, 308])('O6: follows no redirect (%i)', async (status) => {
    asked.length = 0
    expect(await send(`${base}/${status}`)).toMatchObject({
      isFinal: false,
      message: expect.stringContaining('not followed'),
    })
    expect(asked).toEqual([`/${status}`])
  })

  it.each([
    'http://127.0.0.1:PORT/',
    'http://localhost:PORT/',
    'http://2130706433:PORT/',
    'http://0x7f000001:PORT/',
    'http://127.1:PORT/',
    'http://[::ffff:127.0.0.1]:PORT/',
    'http://[::1]:PORT/',
    'http://0.0.0.0:PORT/',
  ])('O6: sends nothing to %s, whichever way it is written', async (address) => {
    asked.length = 0
    const error = await send(address.replace('PORT', String((server.address() as AddressInfo).port)), addressGuard([]))
    expect(error?.message).toMatch(/no public address|no address/)
    expect(asked).toEqual([])
  })

  it('ends with the signal, and names the other side, not its address', async () => {
    const error = await send(`${base}/hang?secret=abc`, loopback, AbortSignal.timeout(50))
    expect(error?.message).toBe('hook cannot be reached (no answer in time).')
  })
})
