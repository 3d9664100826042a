import { connect } from 'node:net'

const PORT = 43
const OCTETS_MAX = 64 * 1024
/** Servers one after the other: the root's referral, the registry's, and no further. */
const REFERRALS_MAX = 2

/** As registries write it. What is not one of these is not guessed at. */
const CREATED =
  /^\s*(?:creation date|created(?: on)?|registered(?: on)?|registration (?:date|time)|domain registration date)\s*:\s*(.{8,40}?)\s*$/im
const REFER = /^\s*(?:refer|whois|registrar whois server)\s*:\s*(?:whois:\/\/)?([\w.-]{3,253}(?::\d{1,5})?)\s*$/im

/** When whois says that a domain was created, NaN where it does not, and which server said so. */
export async function whoisCreated(
  domain: string,
  root: string,
  signal: AbortSignal,
): Promise<{ createdMs: number; server: string }> {
  let server = root
  for (let asked = 0; asked <= REFERRALS_MAX && !signal.aborted; asked++) {
    const text = await question(server, domain, signal)
    const date = CREATED.exec(text)?.[1]
    const createdMs = date === undefined ? Number.NaN : dateOf(date)
    if (!Number.isNaN(createdMs)) return { createdMs, server }
    const next = REFER.exec(text)?.[1]
    if (next === undefined || next === server) break
    server = next
  }
  return { createdMs: Number.NaN, server }
}

/** ISO 8601, or day, month by name and year; other orders of day and month cannot be told apart. */
function dateOf(text: string): number {
  const iso = /^(\d{4})[-./](\d\d)[-./](\d\d)/.exec(text)
  if (iso) return Date.UTC(Number(iso[1]), Number(iso[2]) - 1, Number(iso[3]))
  return /^\d{1,2}[- ][A-Za-z]{3,9}[- ]\d{4}/.test(text) ? Date.parse(`${text} UTC`) || Date.parse(text) : Number.NaN
}

/** Everything a server says to one question (RFC 3912), up to 64 KiB; what was said so far where it breaks off. */
function question(server: string, domain: string, signal: AbortSignal): Promise<string> {
  const [host, port = String(PORT)] = server.split(':')
  return new Promise((resolve) => {
    let text = ''
    const socket = connect({ host, port: Number(port), signal })
    const done = () => {
      socket.destroy()
      resolve(text)
    }
    socket.on('connect', () => socket.write(`${domain}\r\n`))
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8')
      if (text.length > OCTETS_MAX) done()
    })
    socket.on('error', done)
    socket.on('close', done)
  })
}
