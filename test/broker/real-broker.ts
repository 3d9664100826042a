import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { ROOT } from '../house/tree.ts'

const CACHE = resolve(ROOT, '.cache/kafka')
const CLUSTER = 'MkU3OEVBNTcwNTJENDM2Qk'
const READY_MS = 60_000
/** The one user the broker knows, on its second port. */
export const SASL_USER = 'wakeful'
export const SASL_PASSWORD = 'a b:c@d'

/** Versions of Apache Kafka that `npm run broker:fetch` brought, oldest first. */
export function fetchedVersions(): string[] {
  return existsSync(CACHE)
    ? readdirSync(CACHE)
        .filter((name) => /^\d+\.\d+\.\d+$/.test(name))
        .sort()
    : []
}

/** What a test says that has no broker; in CI having none is a failure. */
export const NO_BROKER =
  'There is no broker to test with: run `npm run broker:fetch`, or set KAFKA_BROKERS to host:port.'

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as { port: number }
  await new Promise((done) => server.close(done))
  return port
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => done(true)).once('error', () => done(false))
    socket.once('connect', () => socket.destroy())
  })
}

/** One real Apache Kafka, broker and controller in one, on loopback only, with data in a temporary folder. */
export class RealBroker {
  readonly version: string
  readonly port: number
  /** Where only who says who he is may speak. */
  readonly saslPort: number
  private readonly folder: string
  private process: ChildProcess | undefined
  private said = ''

  private constructor(version: string, port: number, saslPort: number, folder: string) {
    this.version = version
    this.port = port
    this.saslPort = saslPort
    this.folder = folder
  }

  /** Starts a broker that was fetched; the newest if not said. */
  static async start(version = fetchedVersions().at(-1), settings: Record<string, string> = {}): Promise<RealBroker> {
    if (version === undefined) throw new Error(NO_BROKER)
    const folder = mkdtempSync(join(tmpdir(), 'wakeful-kafka-'))
    const broker = new RealBroker(version, await freePort(), await freePort(), folder)
    broker.configure(await freePort(), settings)
    await broker.restart()
    return broker
  }

  get address(): string {
    return `127.0.0.1:${this.port}`
  }

  /** Starts it again, on the same port and data. */
  async restart(): Promise<void> {
    this.said = ''
    const heap = ['-Xms256m', '-Xmx512m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1']
    heap.push('-Dorg.slf4j.simpleLogger.defaultLogLevel=warn')
    this.process = spawn(
      'java',
      [...heap, '-cp', this.classPath(), 'kafka.Kafka', join(this.folder, 'server.properties')],
      {
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { ...process.env, KAFKA_HEAP_OPTS: '' },
      },
    )
    const keep = (chunk: Buffer) => {
      this.said = (this.said + chunk).slice(-20_000)
    }
    this.process.stdout!.on('data', keep)
    this.process.stderr!.on('data', keep)
    await this.ready()
  }

  /** As a machine that loses its power. */
  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const running = this.process
    if (!running || running.exitCode !== null || running.signalCode !== null) return
    const gone = new Promise((done) => running.once('exit', done))
    running.kill(signal)
    await gone
  }

  async stop(): Promise<void> {
    await this.kill()
    rmSync(this.folder, { recursive: true, force: true })
  }

  private classPath(): string {
    return join(CACHE, this.version, 'libs', '*')
  }

  private configure(controllerPort: number, settings: Record<string, string>): void {
    const all: Record<string, string | number> = {
      ...{ 'process.roles': 'broker,controller', 'node.id': 1 },
      'controller.quorum.voters': `1@127.0.0.1:${controllerPort}`,
      listeners: `PLAINTEXT://127.0.0.1:${this.port},SASL_PLAINTEXT://127.0.0.1:${this.saslPort},CONTROLLER://127.0.0.1:${controllerPort}`,
      'advertised.listeners': `PLAINTEXT://127.0.0.1:${this.port},SASL_PLAINTEXT://127.0.0.1:${this.saslPort}`,
      'sasl.enabled.mechanisms': 'PLAIN',
      'listener.name.sasl_plaintext.plain.sasl.jaas.config': `org.apache.kafka.common.security.plain.PlainLoginModule required user_${SASL_USER}="${SASL_PASSWORD}";`,
      'listener.security.protocol.map': 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,SASL_PLAINTEXT:SASL_PLAINTEXT',
      ...{ 'controller.listener.names': 'CONTROLLER', 'log.dirs': join(this.folder, 'data') },
      ...{ 'offsets.topic.replication.factor': 1, 'transaction.state.log.replication.factor': 1 },
      ...{ 'transaction.state.log.min.isr': 1, 'offsets.topic.num.partitions': 4 },
      // A broker that was killed comes back at once: its old session need not run out first.
      ...{ 'broker.session.timeout.ms': 2000, 'broker.heartbeat.interval.ms': 500 },
      ...{ 'group.initial.rebalance.delay.ms': 0, 'auto.create.topics.enable': 'false' },
      ...settings,
    }
    const path = join(this.folder, 'server.properties')
    writeFileSync(
      path,
      Object.entries(all)
        .map(([key, value]) => `${key}=${value}\n`)
        .join(''),
    )
    const format = ['-cp', this.classPath(), 'kafka.tools.StorageTool', 'format', '-t', CLUSTER, '-c', path]
    const { status, stderr, stdout } = spawnSync('java', format, { encoding: 'utf8' })
    if (status !== 0) throw new Error(`Kafka's storage could not be formatted: ${stdout}${stderr}`)
  }

  private async ready(): Promise<void> {
    const start = Date.now()
    while (!(await isOpen(this.port))) {
      if (this.process?.exitCode !== null || Date.now() - start > READY_MS) {
        throw new Error(`The broker did not start: ${this.said.slice(-2000)}`)
      }
      await new Promise((done) => setTimeout(done, 100))
    }
  }
}
