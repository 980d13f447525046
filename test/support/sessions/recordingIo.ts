// A connection's io that keeps what a transport emits, for tests of transports.

import type { ConnectionIo } from '../../../src/engine/transports/transport.ts'
import type { FrameKind, NewFrame } from '../../../src/shared/frame/frame.ts'
import type { Unfinished } from '../../../src/shared/session/unfinished.ts'

export type NewFrameOf<K extends FrameKind> = Extract<NewFrame, { kind: K }>

export interface RecordingIo extends ConnectionIo {
  /** In the order of their sequence numbers, which count from 1. */
  readonly frames: readonly NewFrame[]
  /** How often `opened` was called. */
  readonly openings: number
  /** What the transport said last. */
  readonly isAwaiting: boolean
  readonly wireBytes: { readonly in: number; readonly out: number }
  /** What the transport says has come and completes nothing yet. */
  readonly waiting: Unfinished | null
  /** The transport is to stop. */
  abort(): void
  /** Resolves with the first frame, emitted already or later, that passes. */
  first<K extends FrameKind>(
    kind: K,
    test?: (frame: NewFrameOf<K>) => boolean,
  ): Promise<NewFrameOf<K>>
  /** All frames of one kind so far. */
  all<K extends FrameKind>(kind: K): NewFrameOf<K>[]
}

export function createRecordingIo(connection = 1, firstSeq = 1): RecordingIo {
  const stopping = new AbortController()
  const frames: NewFrame[] = []
  const watchers = new Set<(frame: NewFrame) => void>()
  const wireBytes = { in: 0, out: 0 }
  let openings = 0
  let isAwaiting = false
  let readUnfinished: (() => Unfinished | null) | null = null

  return {
    connection,
    signal: stopping.signal,
    frames,
    wireBytes,
    get openings() {
      return openings
    },
    get isAwaiting() {
      return isAwaiting
    },
    emit(frame) {
      frames.push(frame)
      for (const watch of watchers) watch(frame)
      return firstSeq + frames.length - 1
    },
    opened() {
      openings++
    },
    wire(bytesIn, bytesOut) {
      wireBytes.in += bytesIn
      wireBytes.out += bytesOut
    },
    awaiting(answer) {
      isAwaiting = answer
    },
    unfinished(read) {
      readUnfinished = read
    },
    get waiting() {
      return readUnfinished?.() ?? null
    },
    abort: () => stopping.abort(),
    all: <K extends FrameKind>(kind: K) =>
      frames.filter((frame): frame is NewFrameOf<K> => frame.kind === kind),
    first<K extends FrameKind>(kind: K, test: (frame: NewFrameOf<K>) => boolean = () => true) {
      const passes = (frame: NewFrame): frame is NewFrameOf<K> =>
        frame.kind === kind && test(frame as NewFrameOf<K>)
      const found = frames.find(passes)
      if (found !== undefined) return Promise.resolve(found)
      return new Promise<NewFrameOf<K>>((resolve) => {
        const watch = (frame: NewFrame) => {
          if (!passes(frame)) return
          watchers.delete(watch)
          resolve(frame)
        }
        watchers.add(watch)
      })
    },
  }
}

/** Its payload as UTF-8; empty for none. */
export function textOf(frame: Pick<NewFrame, 'payload'> | undefined): string {
  return Buffer.from(frame?.payload ?? []).toString('utf8')
}
