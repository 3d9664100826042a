import type { Readable } from 'node:stream'
import { CaptureSource } from '../capture/capture-source.ts'
import { newCounts } from '../input-counts.ts'
import type { InputFile } from '../input-file.ts'
import type { LiveKind } from './live-place.ts'

/** Packets as somebody captures them: `tcpdump -i eth0 -U -w - port 53 | wakeful watch --from pcap:-`. */
export const captureKind: LiveKind = {
  words: ['pcap'],
  parse(_, rest) {
    if (rest !== '-') return 'Packets come live through standard input: name pcap:- and pipe tcpdump -U -w - into it.'
    return {
      label: 'pcap:-',
      open: async (index, options, world, signal) => {
        const counts = newCounts('pcap:-')
        const file = pipedCapture(index, process.stdin, signal)
        return { source: new CaptureSource([{ file, counts }], { ...options, liveNow: world.now }), counts }
      },
    }
  },
}

/** Standard input as it comes, without the pause that telling its kind would take. */
export function pipedCapture(index: number, stream: Readable, signal: AbortSignal): InputFile {
  return {
    index,
    label: '-',
    path: '-',
    chunks: async function* (onFailure) {
      const end = () => stream.destroy()
      signal.addEventListener('abort', end, { once: true })
      try {
        for await (const chunk of stream) yield chunk as Uint8Array
      } catch (error) {
        if (!signal.aborted) onFailure(`standard input cannot be read to its end (${(error as Error).message}).`)
      } finally {
        signal.removeEventListener('abort', end)
      }
    },
  }
}
