import { ask, keepToken, listen, token } from './api.ts'
import type { Health, Kept, Summary } from './types.ts'

/** What every page knows: who we are, how the service is, what changed last. */
export const live = $state({
  me: null as { name: string; role: 'viewer' | 'admin' } | null,
  health: null as Health | null,
  connected: false,
  /** Why we are asked for a token. */
  refused: '',
  now: Date.now(),
  /** Grows with each change of incidents or suppressions; the newest changed incident beside it. */
  changes: 0,
  newest: null as Kept<Summary> | null,
})

let ending: AbortController | undefined

/** Says who we are to the service and begins to listen. */
export async function begin(): Promise<void> {
  ending?.abort()
  const controller = new AbortController()
  ending = controller
  if (token() === '') return
  try {
    live.me = await ask('me')
    live.refused = ''
  } catch (error) {
    live.refused = (error as Error).message
    live.me = null
    if ((error as { status?: number }).status === 401) keepToken('')
    else setTimeout(() => void begin(), 3000)
    return
  }
  void listen(
    controller.signal,
    (name, data) => {
      live.now = Date.now()
      if (name === 'health') live.health = data as Health
      else {
        if (name === 'incident') live.newest = data as Kept<Summary>
        live.changes++
      }
    },
    (connected, status) => {
      live.connected = connected
      if (status === 401) leave()
    },
  )
}

/** A tab that nobody looks at lets its connection go after a while: a browser has six a host, and other tabs need one. */
const HIDDEN_MS = 30_000
let hidden: ReturnType<typeof setTimeout> | undefined

document.addEventListener('visibilitychange', () => {
  clearTimeout(hidden)
  if (document.hidden) {
    hidden = setTimeout(() => {
      ending?.abort()
      live.connected = false
    }, HIDDEN_MS)
  } else if (!live.connected && token() !== '') {
    live.changes++
    void begin()
  }
})

/** Forgets the token. */
export function leave(): void {
  ending?.abort()
  keepToken('')
  live.me = null
  live.health = null
  live.connected = false
}
