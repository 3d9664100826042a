import { newCounts } from '../input-counts.ts'
import type { InputFile } from '../input-file.ts'
import type { InputCounts } from '../source.ts'
import type { Flow, MessageSink } from './flow.ts'
import { PacketDecoder } from './packet-decoder.ts'
import { PacketFeed } from './packet-feed.ts'
import { portTable } from './ports.ts'

/** One DNS message as a packet of a capture brought it; valid during the call. */
export interface CapturedMessage {
  /** Number of the packet in its file, from 1, as tools that show captures count. Of a TCP stream, the packet that completed it. */
  readonly packet: number
  readonly flow: Flow
  readonly bytes: Uint8Array
  readonly start: number
  readonly end: number
  /** The capture cut the message short. */
  readonly cut: boolean
}

/**
 * Calls `visit` for every DNS message of a capture in the order of its packets, whatever their times; gives what was counted. Unlike a
 * source of exchanges it matches nothing: a query and its answer are two messages.
 */
export async function eachMessage(
  file: InputFile,
  ports: readonly number[],
  visit: (message: CapturedMessage) => void,
  signal: AbortSignal,
): Promise<InputCounts> {
  const counts = newCounts(file.label)
  const sink: MessageSink = {
    message: (flow, bytes, start, end, _size, cut) => visit({ packet: counts.packets, flow, bytes, start, end, cut }),
  }
  const decoder = new PacketDecoder([counts], portTable(ports), sink)
  const feed = new PacketFeed({ file, counts }, 0)
  if (!(await feed.resume())) return counts
  try {
    for (let more = true; more && !signal.aborted; ) {
      if (!decoder.packet(feed.current, 0)) feed.unread++
      const next = feed.advance()
      more = typeof next === 'boolean' ? next : await next
    }
    decoder.finish()
  } finally {
    await feed.close()
  }
  return counts
}
