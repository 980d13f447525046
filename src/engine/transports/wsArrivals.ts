// What the tap has seen of a WebSocket and `ws` has not handed over yet, in wire order.

import { createWsFrameReader } from '../protocols/wsFrames.ts'

/** A message or control frame whose last byte has arrived. */
export interface Arrival {
  /** Epoch ms of the chunk that held its last byte. */
  readonly at: number
  readonly opcode: number
  readonly fragments: number
  readonly compressed: boolean
  readonly masked: boolean
  /** All its fragments, heads included. */
  readonly wireBytes: number
  /** Payload of a control frame. */
  readonly control: Uint8Array | null
}

export interface Arrivals {
  /** The next bytes of the socket, which arrived at `at`. Call it before `ws` gets them. */
  feed(chunk: Uint8Array, at: number): void
  /** The oldest one. `ws` hands over messages and control frames in the same order. */
  take(): Arrival
  /** The oldest one when it is a close frame, else null. `ws` tells of those only at the end. */
  takeClose(): Arrival | null
}

// Compressed messages are handed over later; under a flood the list would never run empty.
const compactAfter = 4096

export function createArrivals(): Arrivals {
  let waiting: Arrival[] = []
  let taken = 0
  let at = 0
  let fragments = 0
  let wireBytes = 0
  let compressed = false

  let closed = false

  const reader = createWsFrameReader((frame) => {
    // [rfc6455] 1.4: what follows a close frame is discarded. `ws` does so too: nobody would take it.
    if (closed) return
    const { opcode, masked, control } = frame
    closed = opcode === 8
    if (opcode >= 8) {
      waiting.push({
        at,
        opcode,
        fragments: 1,
        compressed: false,
        masked,
        wireBytes: frame.wireBytes,
        control,
      })
      return
    }
    // [rfc7692] 6: the first fragment says whether the message is compressed.
    if (fragments === 0) compressed = frame.rsv1
    fragments++
    wireBytes += frame.wireBytes
    if (!frame.fin) return
    waiting.push({ at, opcode, fragments, compressed, masked, wireBytes, control: null })
    fragments = 0
    wireBytes = 0
  })

  function take(): Arrival {
    const arrival = waiting[taken]
    if (arrival === undefined) throw new Error('ws handed over a frame that the tap has not seen')
    taken++
    if (taken === waiting.length) {
      waiting.length = 0
      taken = 0
    } else if (taken === compactAfter) {
      waiting = waiting.slice(taken)
      taken = 0
    }
    return arrival
  }

  return {
    feed(chunk, arrivedAt) {
      if (closed) return
      at = arrivedAt
      reader.feed(chunk)
    },
    take,
    takeClose: () => (waiting[taken]?.opcode === 8 ? take() : null),
  }
}
