import { setTimeout as sleep } from 'node:timers/promises'

/** Resolves when it is worth looking again, or when nobody wants to any more. */
export type Pause = (signal: AbortSignal) => Promise<void>

/** How long after a line was written we may know of it. */
const LOOK_EVERY_MS = 200

export const lookOften: Pause = (signal) => sleep(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined)
