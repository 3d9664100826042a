/** A DNS message has 65,535 octets at most; dnstap may hold two, and adds little. */
export const FRAME_OCTETS_MAX = 256 * 1024

/** What a stream of dnstap says it holds. */
export const CONTENT_TYPE = 'protobuf:dnstap.Dnstap'

/** Control frames (fstrm, control.h). A file begins with START and ends with STOP; the others are said over sockets. */
export const CONTROL_ACCEPT = 1
export const CONTROL_START = 2
export const CONTROL_STOP = 3
export const CONTROL_READY = 4
export const CONTROL_FINISH = 5

/** What {@link FrameReader.next} found: data, a control frame, more octets needed, or octets that are no frames. */
export type FrameKind = 'data' | 'control' | 'more' | 'broken'

/**
 * Cuts octets into the frames of Frame Streams (fstrm, control.h). All numbers are big-endian:
 *
 * ```
 * data     +--------+--------------+          control  +--------+--------+--------+--------------------------+
 *          | length | data         |                   | 0      | length | type   | fields: type, length, .. |
 *          +--------+--------------+                   +--------+--------+--------+--------------------------+
 * ```
 * A length past {@link FRAME_OCTETS_MAX} is not believed, and ends the reading: there is no mark to find the next frame by.
 */
export class FrameReader {
  bytes: Uint8Array = new Uint8Array(0)
  start = 0
  end = 0
  /** Offset in the stream of the frame at hand. */
  position = 0
  /** Kind of the control frame at hand. */
  control = 0

  private at = 0
  private before = 0

  feed(chunk: Uint8Array): void {
    const rest = this.bytes.subarray(this.at)
    this.before += this.at
    this.bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    this.at = 0
  }

  /** Octets of a frame that was begun and not ended. */
  get unread(): number {
    return this.bytes.length - this.at
  }

  /** `data` and `control` leave the frame's content in `bytes` from `start` to `end`, valid until `feed` is called. */
  next(): FrameKind {
    const { bytes, at } = this
    if (bytes.length - at < 4) return 'more'
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
    const length = view.getUint32(at)
    this.position = this.before + at
    if (length > FRAME_OCTETS_MAX) return 'broken'
    if (length > 0) return this.take(at + 4, length, 'data')
    if (bytes.length - at < 8) return 'more'
    const controlLength = view.getUint32(at + 4)
    // fstrm writes 512 octets at most (FSTRM_CONTROL_FRAME_LENGTH_MAX).
    if (controlLength < 4 || controlLength > 512) return 'broken'
    const kind = this.take(at + 8, controlLength, 'control')
    if (kind === 'control') this.control = view.getUint32(at + 8)
    return kind
  }

  private take(start: number, length: number, kind: FrameKind): FrameKind {
    if (start + length > this.bytes.length) return 'more'
    this.start = start
    this.end = start + length
    this.at = this.end
    return kind
  }
}

/** The content type that a control frame names in its first field of that kind; undefined where it names none. */
export function contentTypeOf(bytes: Uint8Array, start: number, end: number): string | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  for (let at = start + 4; at + 8 <= end; ) {
    const length = view.getUint32(at + 4)
    if (length > end - at - 8) return undefined
    if (view.getUint32(at) === 1) return Buffer.from(bytes.subarray(at + 8, at + 8 + length)).toString('latin1')
    at += 8 + length
  }
  return undefined
}

/** A control frame, with the content type where one is named. */
export function controlFrame(kind: number, contentType?: string): Buffer {
  const content = Buffer.from(contentType ?? '', 'latin1')
  const field = contentType === undefined ? 0 : 8 + content.length
  const frame = Buffer.alloc(12 + field)
  frame.writeUInt32BE(4 + field, 4)
  frame.writeUInt32BE(kind, 8)
  if (contentType === undefined) return frame
  frame.writeUInt32BE(1, 12)
  frame.writeUInt32BE(content.length, 16)
  content.copy(frame, 20)
  return frame
}
