import type { Socket } from 'node:net'
import {
  CONTENT_TYPE,
  CONTROL_ACCEPT,
  CONTROL_FINISH,
  CONTROL_READY,
  CONTROL_START,
  CONTROL_STOP,
  contentTypeOf,
  controlFrame,
  FrameReader,
} from './frame-reader.ts'

/** A peer that does not say in this time what it sends is let go: it holds a connection that another could have. */
const HELLO_MAX_MS = 10_000
/** Control frames of one connection; READY and START and STOP are three. */
const CONTROLS_MAX = 16

/** Takes the data frames of connections; valid until it returns. */
export type FrameTaker = (frames: FrameReader) => void

/**
 * One connection that sends dnstap. Both ways to begin are understood (fstrm, "Frame Streams Protocol"):
 *
 * ```
 * both ways   peer: READY      we: ACCEPT     peer: START data .. STOP     we: FINISH
 * one way     peer: START data .. STOP
 * ```
 * Ends by itself: at STOP, at what is no frame, at a content type that is not ours, and where a peer says nothing.
 */
export class DnstapConnection {
  private readonly frames = new FrameReader()
  private readonly socket: Socket
  private readonly take: FrameTaker
  private readonly fail: (reason: string) => void
  private bothWays = false
  private started = false
  private controls = 0

  constructor(socket: Socket, take: FrameTaker, fail: (reason: string) => void) {
    this.socket = socket
    this.take = take
    this.fail = fail
    socket.setTimeout(HELLO_MAX_MS, () => {
      if (!this.started) this.end('hello-late')
    })
    socket.on('data', (chunk: Buffer) => this.hear(chunk))
    socket.on('error', () => socket.destroy())
    socket.on('end', () => {
      if (this.frames.unread > 0) fail('frame-cut')
      socket.end()
    })
  }

  private hear(chunk: Buffer): void {
    const { frames, socket } = this
    frames.feed(chunk)
    for (let kind = frames.next(); kind !== 'more' && !socket.destroyed; kind = frames.next()) {
      if (kind === 'broken') this.end('frame-invalid')
      else if (kind === 'control') this.control()
      else if (this.started) this.take(frames)
      else this.end('frame-before-start')
    }
  }

  private control(): void {
    const { frames, socket } = this
    const { bytes, start, end, control } = frames
    if (++this.controls > CONTROLS_MAX) {
      this.end('control-flood')
      return
    }
    const content = contentTypeOf(bytes, start, end)
    if ((control === CONTROL_READY || control === CONTROL_START) && content !== undefined && content !== CONTENT_TYPE) {
      this.end('content-type')
    } else if (control === CONTROL_READY && !this.started) {
      this.bothWays = true
      socket.write(controlFrame(CONTROL_ACCEPT, CONTENT_TYPE))
    } else if (control === CONTROL_START) this.started = true
    else if (control === CONTROL_STOP) {
      if (this.bothWays) socket.end(controlFrame(CONTROL_FINISH))
      else socket.end()
    }
  }

  private end(reason: string): void {
    this.fail(reason)
    this.socket.destroy()
  }
}
