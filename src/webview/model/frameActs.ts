// What can be done with one frame, and with calls to the host in general; failures are reported.

import type { TimelineApi } from '../../shared/calls/messages.ts'
import { readFrame } from '../../shared/calls/readFrame.ts'
import type { Frame, FrameOf, FrameWithPreview } from '../../shared/frame/frame.ts'
import { createPayloadReader } from './payloadReader.ts'

export interface Handshake {
  readonly request: FrameOf<'request'> | null
  readonly response: FrameOf<'response'>
}

/** Frames looked through for a handshake, from the first of the connection. */
const handshakeReach = 50
/** Other frames that may lie between the fragments of a message. */
const fragmentReach = 100
const maxFragments = 400

export interface FrameActs {
  /** One frame by its number, whatever the filter; null when it cannot be read. */
  readFrame(seq: number): Promise<FrameWithPreview | null>
  /** The handshake on the frame's connection: request and answer; null when there was none. */
  readHandshake(frame: Frame): Promise<Handshake | null>
  /** The frames of the wire layer that a message came in, in order. */
  readFragments(message: FrameOf<'message'>): Promise<readonly FrameOf<'fragment'>[]>
  copy(text: string): Promise<void>
  /** The whole payload as text, or as hex when it is binary. */
  copyPayload(frame: Frame): Promise<void>
  openPayload(seq: number): Promise<void>
  /** Waits for a call; its failure is reported. Never rejects. */
  run(call: Promise<void>): Promise<void>
}

function isHandshake(frame: Frame): boolean {
  return frame.kind === 'response' && frame.detail.purpose === 'handshake'
}

/** `report` gets what a call rejected with. */
export function createFrameActs(api: TimelineApi, report: (problem: unknown) => void): FrameActs {
  const run = (call: Promise<void>): Promise<void> => call.catch(report)
  async function framesFrom(seq: number, count: number): Promise<readonly Frame[]> {
    const page = await api.rows({ afterSeq: seq - 1, text: '', wire: true }, 0, count)
    return page.rows.map(({ frame }) => frame)
  }

  /** The first frame of a connection: connections follow one another, so a few looks find it. */
  async function firstOf(connection: number, known: number): Promise<number> {
    let low = 1
    let high = known
    while (low < high) {
      const middle = Math.floor((low + high) / 2)
      const [frame] = await framesFrom(middle, 1)
      if (frame && frame.connection < connection) low = middle + 1
      else high = middle
    }
    return low
  }

  return {
    run,
    readHandshake: async ({ connection, seq }) => {
      try {
        const frames = await framesFrom(await firstOf(connection, seq), handshakeReach)
        const response = frames.find(
          (frame) => isHandshake(frame) && frame.connection === connection,
        )
        if (response?.kind !== 'response') return null
        const request = frames.find((frame) => frame.seq === response.replyTo)
        return { request: request?.kind === 'request' ? request : null, response }
      } catch (error) {
        report(error)
        return null
      }
    },
    readFragments: async ({ seq, connection, direction, detail }) => {
      if (detail.fragments < 2) return []
      const reach = Math.min(detail.fragments, maxFragments) + fragmentReach
      try {
        const first = Math.max(1, seq - reach)
        const frames = await framesFrom(first, seq - first)
        const own = frames.filter(
          (frame): frame is FrameOf<'fragment'> =>
            frame.kind === 'fragment' &&
            frame.connection === connection &&
            frame.direction === direction,
        )
        return own.slice(own.findLastIndex(({ detail: { index } }) => index === 1))
      } catch (error) {
        report(error)
        return []
      }
    },
    readFrame: async (seq) => {
      try {
        return await readFrame(api, seq)
      } catch (error) {
        report(error)
        return null
      }
    },
    copy: (text) => run(api.copy(text)),
    copyPayload: (frame) => {
      const reader = createPayloadReader(frame, (offset, length) =>
        api.payload(frame.seq, offset, length),
      )
      return run(reader.whole().then((text) => api.copy(text)))
    },
    openPayload: (seq) => run(api.openPayload(seq)),
  }
}
