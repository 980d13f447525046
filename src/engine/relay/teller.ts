// Tells what passes, in batches, and leaves out what nobody keeps up with.

import type { RelayEvent, Side } from './relayEvents.ts'
import { relayLimits } from './relayLimits.ts'
import type { Framed } from './wsWay.ts'

export interface Teller {
  tell(event: RelayEvent): void
  /** More is in flight than the limit allows: bytes of bodies are to be left out. */
  isFull(): boolean
  /** A piece went on so long after it came. Ms. */
  passed(ms: number): void
}

/** What a relay's thread shares with the session's. */
export interface RelayFigures {
  /** One number, which grows by what is told, and shrinks where it is worked off. Bytes, and what events cost. */
  readonly inFlight: Int32Array
  /** What passing each of the last pieces on took, in ms and in no order; 0 where there was none. */
  readonly added: Float64Array
}

export function createRelayFigures(): RelayFigures {
  return {
    inFlight: new Int32Array(new SharedArrayBuffer(4)),
    added: new Float64Array(new SharedArrayBuffer(8 * addedPieces)),
  }
}

const addedPieces = 100
/** The first ones of a program that has just started are slow. */
const fewestPieces = 10

/** The median in ms; null while there are too few. */
export function addedMs({ added }: RelayFigures): number | null {
  const sorted = added.filter((ms) => ms > 0).sort()
  if (sorted.length < fewestPieces) return null
  return Math.round((sorted[sorted.length >> 1] ?? 0) * 1000) / 1000
}

export function createTeller(
  { inFlight, added }: RelayFigures,
  post: (events: readonly RelayEvent[]) => void,
): Teller {
  let batch: RelayEvent[] = []
  let full = false
  let passed = 0

  function flush(): void {
    const events = batch
    batch = []
    post(events)
  }

  return {
    tell(event) {
      if (batch.length === 0) setImmediate(flush)
      batch.push(event)
      Atomics.add(inFlight, 0, costOf(event))
    },
    isFull() {
      const bytes = Atomics.load(inFlight, 0)
      full = bytes > (full ? relayLimits.inFlightBytes / 2 : relayLimits.inFlightBytes)
      return full
    },
    passed(ms) {
      added[passed++ % added.length] = ms
    },
  }
}

/** What it counts for among those in flight. */
export function costOf(event: RelayEvent): number {
  const { eventBytes } = relayLimits
  if (event.kind === 'body') return eventBytes + event.bytes.length
  return 'head' in event ? eventBytes + event.head.length : eventBytes
}

/** The bytes of one side's body or WebSocket. */
export interface BodyTeller {
  /** Copies the bytes. Answers whether they are told, and not lost. `framed`: of WebSocket frames, which are told whole after a loss. */
  pass(bytes: Uint8Array, at: number, framed: Pick<Framed, 'frames' | 'lastEnd'> | null): boolean
  /** Nothing more comes of this body. Answers whether all of it was told. */
  end(at: number): boolean
}

export function createBodyTeller(
  teller: Teller,
  { id, from }: { readonly id: number; readonly from: Side },
): BodyTeller {
  let lostBytes = 0
  let lostFrames = 0
  let hasLost = false

  function tellLost(at: number): void {
    if (lostBytes === 0) return
    teller.tell({ kind: 'lost', id, from, at, bytes: lostBytes, frames: lostFrames })
    lostBytes = 0
    lostFrames = 0
  }

  return {
    pass(bytes, at, framed) {
      const isLosing = lostBytes > 0
      // A loss ends where the next frame begins.
      const start = isLosing && framed !== null ? framed.lastEnd : 0
      const goesOn = isLosing && framed !== null && framed.lastEnd === 0
      if (teller.isFull() || goesOn) {
        lostBytes += bytes.length
        lostFrames += framed?.frames ?? 0
        hasLost = true
        return false
      }
      if (isLosing) {
        lostBytes += start
        lostFrames += framed?.frames ?? 0
        tellLost(at)
      }
      if (start === bytes.length) return false
      teller.tell({ kind: 'body', id, from, at, bytes: copyOf(bytes.subarray(start)) })
      return start === 0
    },
    end(at) {
      const isTold = !hasLost
      tellLost(at)
      hasLost = false
      return isTold
    },
  }
}

/** Of its own, so that it can be handed over to another thread; `slice` of a Buffer makes none. */
export function copyOf(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes)
}
