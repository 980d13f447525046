// Standard output, written by the thread that makes the text: while the reader does not read, nothing goes on.

import { writeSync } from 'node:fs'
import { visibleLine, wholePairs } from '../shared/visibleText.ts'

export interface Output {
  /** Takes text. A block of it that is full is written before this returns, the rest at the end of the turn. */
  write(text: string): void
  /** Returns when everything has been handed over, or nothing more can be. */
  drain(): void
  /** Whether nothing more can be written: the reader has gone (`lifeline … | head`), or a failure. */
  readonly closed: boolean
  /** Why writing failed, in words; null while it has not, and where the reader has gone. */
  readonly failure: string | null
  /** Nobody reads, `write` waits no more, and this much is kept already: more would grow without limit. */
  readonly full: boolean
}

export interface OutputOptions {
  /** Of standard output unless told otherwise. */
  readonly fd?: number
  /** Called once when nothing more can be written. */
  onClose?(): void
  /**
   * One cell of shared memory, 0 while `write` may wait for the reader. Another thread changes and notifies it
   * to have this one go on: what is not read then stays in memory until `drain`.
   */
  readonly release?: Int32Array
}

/** What a pipe holds; more in one write gains nothing. */
const blockChars = 64 * 1024
/** What is kept for a reader who does not read when the end has been asked for, in characters. */
const roomChars = 16 * 1024 * 1024
/** How long a pipe that was full is left alone, at first and at the most. */
const firstWaitMs = 0.05
const longestWaitMs = 20

// Nobody changes this one.
const never = new Int32Array(new SharedArrayBuffer(4))

export function createOutput({ fd = 1, onClose, release = never }: OutputOptions = {}): Output {
  let closed = false
  let failure: string | null = null
  /** Text; what stands before `taken` is in the block. */
  let waiting = ''
  let taken = 0
  // UTF-8 has three bytes for a UTF-16 unit at the most.
  const block = Buffer.allocUnsafe(3 * blockChars)
  let blockStart = 0
  let blockEnd = 0
  let scheduled: NodeJS.Immediate | null = null

  function close(error: NodeJS.ErrnoException): void {
    closed = true
    waiting = ''
    taken = 0
    if (error.code !== 'EPIPE') failure = visibleLine(error.message)
    onClose?.()
  }

  /** Puts the next text into the block, which is empty. Answers false when there is none. */
  function fillBlock(): boolean {
    if (taken === waiting.length) {
      waiting = ''
      taken = 0
      return false
    }
    // One unit more, to see whether a pair stands at the end: it is one character of four bytes.
    const next = wholePairs(waiting.slice(taken, taken + blockChars + 1), blockChars)
    blockStart = 0
    blockEnd = block.write(next)
    taken += next.length
    return true
  }

  /** Hands over a part of the block. Answers false where the reader has no room, and when writing has failed. */
  function writeBlock(): boolean {
    try {
      blockStart += writeSync(fd, block, blockStart, blockEnd - blockStart)
      return true
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code !== 'EAGAIN') close(error as NodeJS.ErrnoException)
      return false
    }
  }

  /** Writes until nothing is left, it fails, or `cell` is no longer 0 while the reader has no room. */
  function flush(cell: Int32Array): void {
    if (scheduled) clearImmediate(scheduled)
    scheduled = null
    let waitMs = firstWaitMs
    while (!closed && (blockStart < blockEnd || fillBlock())) {
      if (writeBlock()) waitMs = firstWaitMs
      else if (closed || Atomics.wait(cell, 0, 0, waitMs) !== 'timed-out') return
      else waitMs = Math.min(2 * waitMs, longestWaitMs)
    }
  }

  return {
    write(text) {
      if (closed) return
      waiting += text
      const released = Atomics.load(release, 0) !== 0
      // All frames of one turn of the event loop leave together.
      if (waiting.length < blockChars || released) scheduled ??= setImmediate(flush, release)
      else flush(release)
    },
    drain: () => flush(never),
    get closed() {
      return closed
    },
    get failure() {
      return failure
    },
    get full() {
      return waiting.length - taken > roomChars && Atomics.load(release, 0) !== 0
    },
  }
}

/** 0; or 1 and a sentence on standard error, where writing has failed. */
export function statusOf(failure: string | null): number {
  if (failure === null) return 0
  console.error(`lifeline: Standard output cannot be written: ${failure}.`)
  return 1
}
