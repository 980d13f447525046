// Messages of one way of a WebSocket that are gathered to wait for their verdicts, and what passes between them.

import { isControl, maxControlBytes, opcodes } from '../../../shared/frame/webSocketDetail.ts'
import { formatLimit } from '../../../shared/text/units.ts'
import type { HoldQueue } from './holdQueue.ts'

/** Bytes of one frame. */
export interface FramePart {
  /** Null where that is not known: its start has passed before anything was asked about. */
  readonly opcode: number | null
  /** The frame starts with them. */
  readonly starts: boolean
  /** Bytes that go on. */
  readonly passed: readonly Uint8Array[]
  /** What comes before this frame ends within a message. */
  readonly isWithin: boolean
}

/** What has become of the frame whose last part was taken. */
export interface FrameEnd {
  /** The message has ended, too. */
  readonly endsMessage: boolean
}

export interface HeldMessages {
  /** Frames are to be given one by one. */
  isOn(): boolean
  take(part: FramePart): void
  /** What was taken last was told, or lost. */
  told(isTold: boolean): void
  /** The frame was taken to its end, and told. */
  frameEnd(end: FrameEnd): void
  /** One whole message at the next place for it. */
  inject(bytes: Uint8Array, isPlace: boolean, sent: () => void): void
  /** Nothing more comes. */
  finish(): void
  /** What still comes goes nowhere. */
  isOver(): boolean
}

export interface HeldMessagesOptions {
  readonly queue: HoldQueue
  readonly messageBytes: number
  asks(): boolean
  keepsAsking(): boolean
  isFull(): boolean
  isOver(): boolean
  held(n: number): void
  cut(why: string): void
  write(bytes: Uint8Array): void
  /** Before all that waits. */
  writeAside(bytes: Uint8Array): void
}

// [rfc6455] 5.5: two bytes, a masking key, and the payload.
const longestPing = 6 + maxControlBytes

export function createHeldMessages(options: HeldMessagesOptions): HeldMessages {
  const { queue, messageBytes, write } = options
  /** Of a ping or pong, which goes on when it is whole. */
  let aside: Uint8Array[] = []
  let asideBytes = 0
  let isAside = false
  let isLost = false

  function flushAside(pass: (bytes: Uint8Array) => void): void {
    const pieces = aside
    aside = []
    asideBytes = 0
    isAside = false
    for (const piece of pieces) pass(piece)
  }

  /** It cannot wait. */
  function letGo(why: string): void {
    if (options.keepsAsking()) options.cut(cannotRead(why))
    else queue.letGo()
  }

  function begin({ opcode, isWithin }: FramePart): void {
    isAside = opcode === opcodes.ping || opcode === opcodes.pong
    if (isAside || opcode === null) return
    if (isControl(opcode)) {
      // Whatever ends here ends as it is.
      queue.breakOff()
      return
    }
    if (isWithin || !options.asks()) return
    queue.open(false)
    isLost = false
    if (options.isFull()) letGo(notRecorded)
  }

  function takeAside(piece: Uint8Array): void {
    aside.push(new Uint8Array(piece))
    asideBytes += piece.length
    // It is none.
    if (asideBytes > longestPing) flushAside(write)
  }

  return {
    isOn: () => options.asks() || !queue.isEmpty() || isAside,
    take(part) {
      if (part.starts) begin(part)
      for (const piece of part.passed) {
        if (isAside) takeAside(piece)
        else write(piece)
      }
      if ((queue.gathered() ?? 0) > messageBytes) {
        letGo(`A message is larger than ${formatLimit(messageBytes)}`)
      }
    },
    told(isTold) {
      isLost ||= !isTold
    },
    frameEnd({ endsMessage }) {
      flushAside(options.writeAside)
      if (!endsMessage || !queue.isOpen()) return
      if (isLost && queue.gathered() !== null) letGo(notRecorded)
      const n = queue.close(null)
      if (n !== null) options.held(n)
    },
    inject(bytes, isPlace, sent) {
      if (options.isOver()) return
      // Behind the rest of what has begun.
      if (!isPlace && !queue.isOpen()) queue.open(true)
      queue.put(bytes, sent)
    },
    finish() {
      flushAside(options.writeAside)
      queue.breakOff()
    },
    isOver: options.isOver,
  }
}

const notRecorded = 'A message came faster than it can be recorded'

/** Of compressed messages, each needs all that were before it. */
export function cannotRead(why: string): string {
  return `${why}, and cannot be read behind one that was changed.`
}
