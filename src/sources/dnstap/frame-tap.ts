import { Flow } from '../capture/flow.ts'
import type { MessageReader } from '../capture/message-reader.ts'
import { countMalformed } from '../input-counts.ts'
import type { InputCounts } from '../source.ts'
import { CONTENT_TYPE, CONTROL_START, contentTypeOf, type FrameReader } from './frame-reader.ts'
import { TappedFlow } from './tapped-flow.ts'
import { TappedMessage } from './tapped-message.ts'

/** Takes frames one after the other and hands their messages on. */
export class FrameTap {
  private readonly counts: InputCounts
  private readonly messages: MessageReader
  private readonly tapped = new TappedMessage()
  private readonly flow = new TappedFlow(new Flow())

  constructor(counts: InputCounts, messages: MessageReader) {
    this.counts = counts
    this.messages = messages
  }

  /** Takes the frame at hand; a sentence, to stand behind the file's name, where nothing after it can be read. */
  frame(kind: 'data' | 'control' | 'broken', frames: FrameReader): string | undefined {
    const { counts } = this
    const { bytes, start, end } = frames
    if (kind === 'broken') {
      countMalformed(counts, 'frame-invalid')
      return `holds no more frames of dnstap from octet ${frames.position} on.`
    }
    if (kind === 'control') {
      const content = frames.control === CONTROL_START ? contentTypeOf(bytes, start, end) : undefined
      if (content === undefined || content === CONTENT_TYPE) return undefined
      return 'is a Frame Streams file of something else than dnstap.'
    }
    counts.packets++
    if (!this.tapped.read(bytes, start, end)) {
      if (this.tapped.isBroken) countMalformed(counts, 'dnstap-invalid')
      else counts.skipped++
      return undefined
    }
    const { tapped } = this
    const [from, to] = tapped.isQuery ? tapped.query : tapped.response
    if (from === to || !this.flow.take(tapped, frames.position)) {
      countMalformed(counts, 'dnstap-incomplete')
      return undefined
    }
    this.messages.message(this.flow.flow, bytes, from, to, to - from, false)
    return undefined
  }
}
