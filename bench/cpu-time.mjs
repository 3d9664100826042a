// CPU time of whole processes, all their threads: what a run costs whoever else uses the machine meanwhile.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/**
 * Runs a command with its output thrown away. Returns its user and system seconds (to a hundredth) as the shell's
 * `times` tells them, and the seconds on the clock; undefined where it cannot be run or fails.
 */
export function runTimed(command, args) {
  const started = performance.now()
  const script = '"$@" >/dev/null 2>&1 || exit 1; times'
  const { status, stdout } = spawnSync('sh', ['-c', script, 'sh', command, ...args], { encoding: 'utf8' })
  if (status !== 0) return undefined
  const wallSeconds = (performance.now() - started) / 1000
  // Two lines of user and system time: the shell's own, then its children's.
  const [user, system] = stdout.trim().split('\n')[1].split(' ').map(secondsOf)
  return { cpuSeconds: user + system, wallSeconds }
}

/** CPU seconds of a script's main thread and of all others, `{ main, others }`; undefined where the system does not tell. */
export function threadSeconds(script, args) {
  const preload = fileURLToPath(new URL('threads.cjs', import.meta.url))
  const { output } = spawnSync(process.execPath, ['-r', preload, script, ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  })
  return output?.[3] ? JSON.parse(output[3]) : undefined
}

/** `1m2.50s` in seconds. */
function secondsOf(text) {
  const [, minutes, seconds] = /^(\d+)m([\d.]+)s$/.exec(text)
  return 60 * Number(minutes) + Number(seconds)
}

/** Seconds of CPU that this process spends on `work`. */
export async function cpuSecondsOf(work) {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1e6
}

/** The least of some runs and the spread above it: on a shared machine the least is what the work costs. */
export function summary(values) {
  const least = Math.min(...values)
  return { least, spread: (Math.max(...values) - least) / least }
}
