import type { ServerResponse } from 'node:http'
import type { Service } from '../service/service.ts'

/** Readers at once; each costs a connection and what it has not read. */
const READERS_MAX = 32
/** A reader with so much unread is cut off: it asks again, and is told how things stand then. */
const UNREAD_OCTETS_MAX = 1 << 20

/** Server-sent events (WHATWG HTML, 9.2): incidents as they change, and the health once a second. */
export class Events {
  private readonly service: Service
  private readonly readers = new Set<ServerResponse>()

  constructor(service: Service) {
    this.service = service
    const { store } = service.parts
    store.onChange((change) => {
      if (change.kind === 'suppressions') this.tell('suppressions', {})
      else {
        const { evidence: _, ...incident } = change.record.incident
        this.tell('incident', { ...change.record, incident, stand: change.stand })
      }
    })
    service.onTick(() => {
      if (this.readers.size > 0) this.tell('health', service.health)
    })
  }

  /** Whether one more reader may be let in. */
  get hasRoom(): boolean {
    return this.readers.size < READERS_MAX
  }

  /** Takes over an answer and writes to it until its reader goes. */
  add(response: ServerResponse): void {
    response.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
      'x-content-type-options': 'nosniff',
    })
    response.write('retry: 2000\n\n')
    this.readers.add(response)
    response.on('close', () => this.readers.delete(response))
    response.on('error', () => this.readers.delete(response))
    response.write(eventText('health', this.service.health))
  }

  close(): void {
    for (const reader of this.readers) reader.end()
    this.readers.clear()
  }

  private tell(event: string, data: object): void {
    const text = eventText(event, data)
    for (const reader of this.readers) {
      if (reader.writableLength > UNREAD_OCTETS_MAX) {
        reader.destroy()
        this.readers.delete(reader)
      } else reader.write(text)
    }
  }
}

/** JSON holds no line end of its own, so that one `data` line is the whole of it. */
function eventText(event: string, data: object): string {
  return `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`
}
