import { isIP } from 'node:net'
import type { FastifyInstance } from 'fastify'
import type { Settings } from '../settings/schema.ts'
import { SettingsError } from '../settings/settings-error.ts'

/** Refuses to be reached from elsewhere without TLS: a token in clear text belongs to whoever listens in. Throws {@link SettingsError}. */
export function checkListen({ host, tls }: Settings['listen']): void {
  if (isLoopback(host) || tls) return
  throw new SettingsError(
    `${host} can be reached from other machines, and there is no TLS: name listen.tls.certFile and keyFile, or listen on 127.0.0.1 behind a proxy.`,
  )
}

function isLoopback(host: string): boolean {
  if (host === 'localhost' || host === '::1') return true
  return isIP(host) === 4 && host.startsWith('127.')
}

/** Listens; gives the address people open. Throws {@link SettingsError} where it cannot. */
export async function listen(app: FastifyInstance, { host, port, tls }: Settings['listen']): Promise<string> {
  try {
    await app.listen({ host, port })
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'EADDRINUSE') {
      throw new SettingsError(
        `Port ${port} of ${host} is in use: end what listens there, or name another with --listen HOST:PORT.`,
      )
    }
    if (code === 'EACCES') {
      throw new SettingsError(
        `Port ${port} may not be listened on by this user: name one above 1023 with --listen HOST:PORT.`,
      )
    }
    throw new SettingsError(`${host}:${port} cannot be listened on (${message}): name another with --listen HOST:PORT.`)
  }
  const address = app.server.address()
  const open = typeof address === 'object' && address !== null ? address.port : port
  return `${tls ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${open}`
}
