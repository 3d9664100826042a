import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { run, start } from './command.ts'
import { makeNamespaces, type NamespacePair, removeNamespaces } from './namespaces.ts'
import type { RealTool } from './tools.ts'

/** Time until a capture has begun, and until it has written its last packets. */
const CAPTURE_MS = 1500

/**
 * Lets a real tool talk between two private namespaces and captures it on the client's side; what was made is removed again, also where
 * it fails or `signal` says so.
 */
export async function runReal(tool: RealTool, capture: string, id: number, signal: AbortSignal): Promise<void> {
  const running: ChildProcess[] = []
  const clean = () => {
    for (const child of running) child.kill('SIGKILL')
    removeNamespaces(id)
  }
  // A signal may end the process without coming back here.
  process.once('exit', clean)
  try {
    const pair = makeNamespaces(id)
    const inside = (space: string, program: string, args: readonly string[]) =>
      start('ip', ['netns', 'exec', space, program, ...args])
    const dump = inside(pair.client, 'tcpdump', [
      '-i',
      pair.clientLink,
      '-n',
      '-U',
      '-s',
      '0',
      '-Z',
      'root',
      '-w',
      capture,
      'ip',
    ])
    running.push(dump)
    await waited(CAPTURE_MS, signal)
    for (const { in: side, program, args, settleMs } of tool.programs(pair)) {
      running.push(inside(spaceOf(pair, side), program, args))
      await waited(settleMs, signal)
    }
    const gone = once(dump, 'exit')
    // The capture is a child of `ip`, which became it: ended kindly, it writes what it holds.
    dump.kill('SIGINT')
    await Promise.race([gone, waited(CAPTURE_MS, signal)])
  } finally {
    process.off('exit', clean)
    clean()
  }
}

/** What real captures need that a machine may lack, in one sentence; undefined where all is there. */
export function lackOf(): string | undefined {
  if (process.platform !== 'linux') return 'Real tools run on Linux only.'
  if (process.getuid?.() !== 0) return 'Namespaces are made by root only: run it with sudo, on a machine of your own.'
  try {
    run('ip', ['netns', 'list'])
    return undefined
  } catch (error) {
    return (error as Error).message
  }
}

function spaceOf({ client, server }: NamespacePair, side: 'client' | 'server'): string {
  return side === 'client' ? client : server
}

function waited(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const done = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', done)
  })
}
