import { alertKey } from '../../sinks/alerts/alert.ts'
import type { AlertFormat } from '../../sinks/alerts/alert-format.ts'
import type { AddressGuard } from '../address-guard.ts'
import { post } from '../post.ts'
import type { AlertTarget } from '../target.ts'

/** A webhook. */
export interface WebhookOptions {
  readonly name: string
  readonly url: URL
  readonly format: AlertFormat
  readonly guard: AddressGuard
  /** Sent as `Authorization: Bearer`. */
  readonly token?: string | undefined
  readonly ca?: string | undefined
}

/** Posts one alert a request, with the key that a receiver knows a repeat by. */
export function webhookTarget({ name, url, format, guard, token, ca }: WebhookOptions): AlertTarget {
  return {
    name,
    deliver: (alert, signal) => {
      const headers = {
        'content-type': format.mediaType,
        'user-agent': 'wakeful',
        'idempotency-key': alertKey(alert),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      }
      return post({ ...{ url, headers, guard, ca, name }, body: format.write(alert) }, signal)
    },
  }
}
