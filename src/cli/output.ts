// Writes to standard output in the thread that makes the text, so that a slow reader slows everything down.

import { writeSync } from 'node:fs'
import { visibleLine, wholePairs } from '../shared/text/visibleText.ts'

export interface Output {
  /** Takes text. A block of it that is full is written before this returns, the rest at the end of the turn. */
  write(text: string): void
  /** Returns when everything has been handed over, or nothing more can be. */
  drain(): void
  /** Whether nothing more can be written: the reader has gone (`lifeline … | head`), or a failure. */
  readonly closed: boolean
  /** Why writing failed, in words; null while it has not, and where the reader has gone. */
  readonly failure: string | null
  /**
   * Whether more may come: where much is kept already, it is written first. False when the reader is waited for no
   * more: what is kept would grow without limit.
   */
  makeRoom(): boolean
}

export interface OutputOptions {
  /** The file descriptor; standard output by default. */
  readonly fd?: number
  /** Called once when nothing more can be written. */
  onClose?(): void
  /**
   * One cell of shared memory, 0 until the end is asked for. Another thread changes and notifies it to have this one
   * go on: `write` then waits only while much is kept already, and for a reader who takes something. `drain` waits
   * for any.
   */
  readonly release?: Int32Array
  /** The clock in milliseconds; the system's by default. */
  now?(): number
}

/** The size of a pipe; a larger write gains nothing. */
const blockChars = 64 * 1024
/** What is kept when the end has been asked for: more than one turn of the event loop brings. */
const roomBytes = 8 * 1024 * 1024
/** How long a reader who takes nothing is waited for then. */
const patienceMs = 1000
/** How long a pipe that was full is left alone, at first and at the most. */
const firstWaitMs = 0.05
const longestWaitMs = 20

const newCell = () => new Int32Array(new SharedArrayBuffer(4))

export function createOutput(options: OutputOptions = {}): Output {
  const { fd = 1, onClose, release = newCell(), now = () => performance.now() } = options
  let closed = false
  let failure: string | null = null
  /** The text that was taken; its part before `encoded` is in the blocks already. */
  let waiting = ''
  let encoded = 0
  /** Blocks that the reader has not taken, the oldest first. */
  const blocks: Uint8Array[] = []
  let blockBytes = 0
  /** When the reader last took something, or was last waited for before the end was asked for. */
  let patientFrom = now()
  let scheduled: NodeJS.Immediate | null = null

  function close(error: NodeJS.ErrnoException): void {
    closed = true
    waiting = ''
    encoded = 0
    blocks.length = 0
    blockBytes = 0
    if (error.code !== 'EPIPE') failure = visibleLine(error.message)
    onClose?.()
  }

  /** Makes a block of the next text. Answers false when there is none. */
  function encode(): boolean {
    if (encoded === waiting.length) {
      waiting = ''
      encoded = 0
      return false
    }
    // One unit more, to see whether a pair stands at the end: it is one character of four bytes.
    const next = wholePairs(waiting.slice(encoded, encoded + blockChars + 1), blockChars)
    const block = Buffer.from(next)
    blocks.push(block)
    blockBytes += block.length
    encoded += next.length
    return true
  }

  /** Hands over a part of a block. Answers false where the reader has no room, and when writing has failed. */
  function writeSome(block: Uint8Array): boolean {
    try {
      const written = writeSync(fd, block)
      patientFrom = now()
      blockBytes -= written
      if (written === block.length) blocks.shift()
      else blocks[0] = block.subarray(written)
      return true
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code !== 'EAGAIN') close(error as NodeJS.ErrnoException)
      return false
    }
  }

  const hasRoom = () => blockBytes + waiting.length - encoded <= roomBytes

  /** Whether `write` waits for a reader who has no room. */
  function waits(): boolean {
    if (Atomics.load(release, 0) !== 0) return !hasRoom() && now() - patientFrom < patienceMs
    patientFrom = now()
    return true
  }

  /** Writes until nothing is left, writing fails, or the time to wait for the reader is over. */
  function flush(isWaiting: () => boolean): void {
    if (scheduled) clearImmediate(scheduled)
    scheduled = null
    let waitMs = firstWaitMs
    while (!closed) {
      const [block] = blocks
      if (block === undefined) {
        if (!encode()) return
      } else if (writeSome(block)) waitMs = firstWaitMs
      else if (closed || !isWaiting()) break
      else {
        // Notified when the end is asked for.
        Atomics.wait(release, 0, Atomics.load(release, 0), waitMs)
        waitMs = Math.min(2 * waitMs, longestWaitMs)
      }
    }
    // Bytes take less memory than the many pieces that text is put together from.
    while (encode());
  }

  return {
    write(text) {
      if (closed) return
      waiting += text
      // All frames of one turn of the event loop leave together.
      if (waiting.length < blockChars) scheduled ??= setImmediate(flush, waits)
      else flush(waits)
    },
    drain: () => flush(() => true),
    get closed() {
      return closed
    },
    get failure() {
      return failure
    },
    makeRoom() {
      if (!hasRoom()) flush(waits)
      return hasRoom()
    },
  }
}

/** 0; or 1 and a sentence on standard error, where writing has failed. */
export function statusOf(failure: string | null): number {
  if (failure === null) return 0
  console.error(`lifeline: Standard output cannot be written: ${failure}.`)
  return 1
}
