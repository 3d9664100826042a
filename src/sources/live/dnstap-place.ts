import { DnstapServer } from '../dnstap/dnstap-server.ts'
import { newCounts } from '../input-counts.ts'
import type { LiveKind, LivePlace } from './live-place.ts'

const TCP = /^tcp:(?:\[([0-9a-f:.]+)\]|([^:[\]]+)):(\d{1,5})$/i

/** Name servers that send dnstap to a socket we listen on, as fstrm_capture does. */
export const dnstapKind: LiveKind = {
  words: ['dnstap'],
  parse(_, rest) {
    if (rest.startsWith('unix:') && rest.length > 'unix:'.length)
      return place(`dnstap:${rest}`, { path: rest.slice(5) })
    const [, six, host = six, port] = TCP.exec(rest) ?? []
    if (port !== undefined && Number(port) <= 65_535) return place(`dnstap:${rest}`, { host, port: Number(port) })
    return 'dnstap is listened for at dnstap:unix:PATH or dnstap:tcp:HOST:PORT; a file of it is named as it is, without dnstap:.'
  },
}

function place(label: string, at: { path: string } | { host: string; port: number }): LivePlace {
  return {
    label,
    open: async (index, options, world, signal) => {
      const counts = { ...newCounts(label), dropped: 0 }
      const server = new DnstapServer({ label, index, counts, options, now: world.now, onTrouble: world.onTrouble })
      await server.listen(at, signal)
      return { source: server, counts }
    },
  }
}
