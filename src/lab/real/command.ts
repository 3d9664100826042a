import { type ChildProcess, execFileSync, spawn } from 'node:child_process'

/** A program that failed, or is not there; the message is one sentence for the operator. */
export class RealLabError extends Error {
  override readonly name = 'RealLabError'
}

/** Runs a program to its end. Arguments are a list: no shell reads them. */
export function run(program: string, args: readonly string[]): string {
  try {
    return execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  } catch (error) {
    const { code, stderr } = error as { code?: string; stderr?: string }
    if (code === 'ENOENT')
      throw new RealLabError(`${program} is not installed: apt-get install iproute2 tcpdump iodine dns2tcp.`)
    const [said = ''] = String(stderr ?? '')
      .trim()
      .split('\n')
    throw new RealLabError(`${program} ${args.join(' ')} failed: ${said || (error as Error).message}.`)
  }
}

/** Starts a program that goes on until it is ended. */
export function start(program: string, args: readonly string[], input?: string): ChildProcess {
  const child = spawn(program, args, { stdio: ['pipe', 'ignore', 'pipe'] })
  // What is not there is told when its namespace is looked at; a pipe that breaks is a program that ended.
  child.on('error', () => {})
  child.stdin?.on('error', () => {})
  child.stdin?.end(input ?? '')
  return child
}
