import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { createSocket, type Socket } from 'node:dgram'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { decode, encode, type Packet } from 'dns-packet'
import { createRandom } from '../../src/stats/random.ts'

/** The test's own server of names: it knows every name, and nothing else is asked of it or by it. */
export async function everyName(port: number): Promise<Socket> {
  const socket = createSocket('udp4')
  socket.on('message', (octets, from) => {
    const asked = decode(octets) as Packet
    const [question] = asked.questions ?? []
    const data = question?.type === 'TXT' ? 'v=1' : '192.0.2.7'
    const answers =
      question && ['A', 'TXT'].includes(question.type)
        ? [{ name: question.name, type: question.type, ttl: 60, data }]
        : []
    const answer = { type: 'response', id: asked.id!, flags: 0x0580, questions: asked.questions!, answers } as Packet
    socket.send(encode(answer), from.port, from.address)
  })
  await new Promise<void>((resolve) => socket.bind(port, '127.0.0.1', resolve))
  return socket
}

/** Unbound by a configuration of its own: one forward to the loopback, no root hints, dnstap, a query log and a policy zone. */
export class Unbound {
  readonly conf: string
  readonly log: string
  readonly rpz: string
  readonly port: number
  private child: ChildProcess | undefined
  private said = ''

  constructor(folder: string, dnstap: string, port: number, forward: number) {
    this.conf = join(folder, 'unbound.conf')
    this.log = join(folder, 'unbound.log')
    this.rpz = join(folder, 'block.rpz')
    this.port = port
    const lines = [
      ...['server:', `interface: 127.0.0.1`, `port: ${port}`, 'chroot: ""', 'username: ""', `directory: "${folder}"`],
      ...[`logfile: "${this.log}"`, 'log-queries: yes', 'log-time-ascii: no', 'use-syslog: no', 'verbosity: 0'],
      ...['do-not-query-localhost: no', 'module-config: "respip iterator"', 'pidfile: ""', 'root-hints: ""'],
      ...['access-control: 127.0.0.0/8 allow', 'do-daemonize: no', 'local-zone: "test." nodefault'],
      ...['dnstap:', 'dnstap-enable: yes', `dnstap-socket-path: "${dnstap}"`, 'dnstap-bidirectional: yes'],
      ...['dnstap-log-client-query-messages: yes', 'dnstap-log-client-response-messages: yes'],
      ...['remote-control:', 'control-enable: yes', `control-interface: "${join(folder, 'control.sock')}"`],
      ...['rpz:', 'name: rpz.test', `zonefile: "${this.rpz}"`],
      ...['forward-zone:', 'name: "."', `forward-addr: 127.0.0.1@${forward}`],
    ]
    writeFileSync(this.conf, `${lines.join('\n')}\n`)
    if (!existsSync(this.rpz))
      writeFileSync(this.rpz, '@ SOA localhost. root.localhost. ( 1 60 60 60 60 )\n@ NS localhost.\n')
  }

  async start(): Promise<void> {
    this.child = spawn('unbound', ['-d', '-c', this.conf], { stdio: ['ignore', 'ignore', 'pipe'] })
    this.child.stderr!.on('data', (chunk) => {
      this.said += String(chunk)
    })
    for (let tries = 0; ; tries++) {
      const answer = await ask(this.port, 'ready.test', '127.0.0.1').catch(() => undefined)
      if (answer) return
      if (tries > 20 || this.child.exitCode !== null) throw new Error(`unbound is not there: ${this.said}`)
    }
  }

  /** Loads the policy zone again. */
  reload(): string {
    const { stdout, stderr } = spawnSync('unbound-control', ['-c', this.conf, 'auth_zone_reload', 'rpz.test'], {
      encoding: 'utf8',
    })
    return stdout + stderr
  }

  async stop(): Promise<void> {
    if (!this.child || this.child.exitCode !== null) return
    const gone = new Promise((resolve) => this.child!.once('exit', resolve))
    this.child.kill('SIGTERM')
    await gone
  }
}

/** Asks a resolver once; gives the answer's code. */
export async function ask(port: number, name: string, client: string, type: 'A' | 'TXT' = 'A'): Promise<string> {
  const socket = createSocket('udp4')
  try {
    await new Promise<void>((resolve) => socket.bind(0, client, resolve))
    return await new Promise<string>((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`${name} was not answered`)), 1000)
      socket.once('message', (octets) => {
        clearTimeout(late)
        resolve((decode(octets) as unknown as { rcode: string }).rcode)
      })
      socket.send(encode({ type: 'query', id: 1, flags: 0x0100, questions: [{ type, name }] }), port, '127.0.0.1')
    })
  } finally {
    socket.close()
  }
}

/** Names that people ask for, again and again: a few hundred hosts of a hundred domains. */
export function benignName(random: () => number): string {
  const host = ['www', 'api', 'cdn', 'mail', 'static', 'img'][Math.floor(random() ** 2 * 6)]
  return `${host}.site${Math.floor(random() ** 2 * 100)}.test`
}

/** Sends queries at a rate until it is stopped: mostly benign ones of many clients, one in ten a tunnel's of one. */
export function traffic(port: number, perSecond: number, tunnel: () => boolean) {
  const random = createRandom(11)
  const sockets = Array.from({ length: 20 }, (_, index) => {
    const socket = createSocket('udp4')
    socket.bind(0, `127.0.1.${index + 1}`)
    return socket
  })
  let sent = 0
  let id = 0
  const started = Date.now()
  const timer = setInterval(() => {
    for (const due = ((Date.now() - started) * perSecond) / 1000; sent < due; sent++) {
      const leaks = tunnel() && sent % 10 === 0
      const hex = () => Math.floor(random() * 16).toString(16)
      const name = leaks ? `${Array.from({ length: 40 }, hex).join('')}.t.evil.test` : benignName(random)
      const socket = sockets[leaks ? 0 : 1 + Math.floor(random() * 19)]
      const type = leaks ? 'TXT' : 'A'
      socket.send(
        encode({ type: 'query', id: id++ & 0xffff, flags: 0x0100, questions: [{ type, name }] }),
        port,
        '127.0.0.1',
      )
    }
  }, 20)
  return {
    get sent() {
      return sent
    },
    stop() {
      clearInterval(timer)
      for (const socket of sockets) socket.close()
    },
  }
}
