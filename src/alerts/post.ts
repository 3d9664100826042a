import { lookup } from 'node:dns'
import { request as requestPlain } from 'node:http'
import { request as requestTls } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import type { AddressGuard } from './address-guard.ts'
import { DeliveryError } from './target.ts'

/** Octets of an answer that are read: nobody needs it, and it may never end. */
const ANSWER_MAX = 1 << 16

/** One request. */
export interface Post {
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly guard: AddressGuard
  /** Certificates of those who may have signed the other side's, as PEM. */
  readonly ca?: string | undefined
  /** What a sentence calls the other side: its address may hold a secret. */
  readonly name: string
}

/**
 * Posts a body; resolves when the answer is one of success. No redirect is followed: where it leads was not looked at. Throws
 * {@link DeliveryError}.
 */
export async function post({ url, headers, body, guard, ca, name }: Post, signal: AbortSignal): Promise<void> {
  const hostname = url.hostname.replace(/^\[|\]$/g, '')
  // A name is looked at when it is resolved; an address is not resolved.
  const refusal = isIP(hostname) === 0 ? undefined : guard(hostname)
  if (refusal !== undefined) throw new DeliveryError(`${name} is not sent to: ${refusal}.`)
  const octets = Buffer.from(body)
  const options = {
    method: 'POST',
    headers: { ...headers, 'content-length': octets.length },
    lookup: guardedLookup(guard),
    agent: false as const,
    signal,
    ...(ca === undefined ? {} : { ca }),
  }
  const send = url.protocol === 'https:' ? requestTls : requestPlain
  const { status, retryAfter } = await new Promise<{ status: number; retryAfter: string | undefined }>(
    (resolve, reject) => {
      const sent = send(url, options, (answer) => {
        let read = 0
        answer.on('data', (chunk: Buffer) => {
          read += chunk.length
          if (read > ANSWER_MAX) answer.destroy()
        })
        answer.on('error', () => {})
        answer.on('close', () => resolve({ status: answer.statusCode ?? 0, retryAfter: answer.headers['retry-after'] }))
      })
      sent.on('error', (error) => reject(new DeliveryError(`${name} cannot be reached (${reasonOf(error)}).`)))
      sent.end(octets)
    },
  )
  if (status >= 200 && status < 300) return
  if (status >= 300 && status < 400) {
    throw new DeliveryError(`${name} answers with a redirect (${status}), which is not followed: name where it leads.`)
  }
  // These say that the same may be taken later; the rest of 4xx says that it will not.
  const isFinal = status >= 400 && status < 500 && ![401, 403, 404, 408, 425, 429].includes(status)
  const waitMs = secondsOf(retryAfter)
  throw new DeliveryError(`${name} answers ${status}.`, { isFinal, ...(waitMs === undefined ? {} : { waitMs }) })
}

/** Resolves as ever, and gives on only addresses that the guard lets pass. */
function guardedLookup(guard: AddressGuard): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, '', 4)
      const good = addresses.filter(({ address }) => guard(address) === undefined)
      if (good.length === 0) {
        const [{ address } = { address: '' }] = addresses
        return callback(Object.assign(new Error(guard(address) ?? 'no address'), { code: 'EGUARD' }), '', 4)
      }
      if (options.all) return (callback as unknown as (e: null, a: typeof good) => void)(null, good)
      return callback(null, good[0].address, good[0].family)
    })
  }
}

function reasonOf(error: Error & { code?: string }): string {
  return error.name === 'TimeoutError' || error.code === 'ABORT_ERR' ? 'no answer in time' : error.message
}

/** `Retry-After` in milliseconds where it counts seconds; a date is not worth a second clock. */
function secondsOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,6}$/.test(text) ? Number(text) * 1000 : undefined
}
