import type { Missing } from './fact.ts'

/** No answer of these services is longer. */
const OCTETS_MAX = 1024 * 1024

/** The object that a service answered with, or why there is none. */
export type Fetched = { readonly object: Record<string, unknown> } | { readonly missing: Missing }

/**
 * Asks for JSON over HTTP. Follows no redirect, as who answers must be who was asked; reads no more than a mebibyte; 404 is "unknown".
 * Never throws.
 */
export async function fetchJson(
  url: string,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
  redirect: 'error' | 'follow' = 'error',
): Promise<Fetched> {
  let text: string
  try {
    const response = await fetch(url, { headers: { accept: 'application/json', ...headers }, signal, redirect })
    if (response.status === 404) return { missing: 'unknown' }
    if (response.status === 429) return { missing: 'quota' }
    if (!response.ok) return { missing: 'refused' }
    text = await limited(response)
  } catch {
    return { missing: signal.aborted ? 'time-out' : 'unreachable' }
  }
  try {
    const value: unknown = JSON.parse(text)
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
    return isObject ? { object: { ...value } } : { missing: 'malformed' }
  } catch {
    return { missing: 'malformed' }
  }
}

async function limited(response: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let octets = 0
  for await (const chunk of response.body ?? []) {
    octets += chunk.length
    if (octets > OCTETS_MAX) return ''
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** The value at a path of own properties; undefined where there is none. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  let found = value
  for (const key of path) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, key)) return undefined
    found = (found as Record<string, unknown>)[key]
  }
  return found
}
