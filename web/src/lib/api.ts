/** Where the token of this tab is kept: gone with the tab, and never sent by itself. */
const KEY = 'wakeful-token'

export function token(): string {
  return sessionStorage.getItem(KEY) ?? ''
}

export function keepToken(text: string): void {
  if (text === '') sessionStorage.removeItem(KEY)
  else sessionStorage.setItem(KEY, text.trim())
}

/** An answer that is no success; the message is the service's own sentence. */
export class ApiError extends Error {
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

/** Asks the API; throws an {@link ApiError}, or one with status 0 where the service cannot be reached. */
export async function ask<T>(path: string, method = 'GET', body?: unknown): Promise<T> {
  let response: Response
  try {
    response = await fetch(`/api/${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token()}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  } catch {
    throw new ApiError(0, 'The service cannot be reached: it is tried again.')
  }
  const read = (await response.json().catch(() => ({}))) as { error?: string }
  if (!response.ok) throw new ApiError(response.status, read.error ?? `The service answers ${response.status}.`)
  return read as T
}

/**
 * Listens to the service's events for as long as `signal` allows, and comes back when the connection is lost. Not an EventSource: that
 * cannot send the token in a header, and an address with a token in it ends up in logs.
 */
export async function listen(
  signal: AbortSignal,
  onEvent: (name: string, data: unknown) => void,
  onState: (connected: boolean, status: number) => void,
): Promise<void> {
  while (!signal.aborted) {
    let status = 0
    try {
      const response = await fetch('/api/events', { headers: { authorization: `Bearer ${token()}` }, signal })
      status = response.status
      if (response.ok && response.body) {
        onState(true, status)
        const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
        let rest = ''
        for (;;) {
          const { done, value } = await reader.read()
          if (done) break
          const parts = (rest + value).split('\n\n')
          rest = parts.pop() ?? ''
          for (const part of parts) {
            const name = /^event: (.*)$/m.exec(part)?.[1]
            const data = /^data: (.*)$/m.exec(part)?.[1]
            if (name !== undefined && data !== undefined) onEvent(name, JSON.parse(data))
          }
        }
      }
    } catch {
      // Lost: told, and tried again.
    }
    if (signal.aborted) return
    onState(false, status)
    await new Promise((resolve) => setTimeout(resolve, 2000))
  }
}
