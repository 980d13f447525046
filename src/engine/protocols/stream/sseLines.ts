// Cuts an event stream into its lines, however the chunks are cut.

import { createByteGatherer } from '../bytes/byteGatherer.ts'

const LF = 10
const CR = 13
const byteOrderMark = Uint8Array.of(0xef, 0xbb, 0xbf)

export interface SseLinesOptions {
  /** Bytes of one line at the most. */
  readonly maxBytes: number
  /**
   * One line without its end: the bytes from `start` up to `stop`. `wireBytes` has its end, and the line
   * feed or the byte order mark that came before it.
   */
  onLine(bytes: Uint8Array, start: number, stop: number, wireBytes: number): void
  /** A line is longer than the limit: what has come of it, and its bytes as those of a line. No line comes after it. */
  onTooLong(line: Uint8Array, wireBytes: number): void
}

export interface SseLines {
  /** Takes the next bytes of the stream, cut anywhere; they are lent until it returns. */
  feed(chunk: Uint8Array): void
  /** No line comes any more. */
  stop(): void
  /** The line whose end has not come, lent until the next bytes; empty where none has begun. */
  begun(): Uint8Array
  begunBytes(): number
  /** The stream has ended: the line whose end has not come, and all bytes that were in no line. */
  end(): { readonly line: Uint8Array; readonly wireBytes: number }
}

/** [spec] HTML 9.2.6: a line ends with CR LF, LF or CR. */
export function createSseLines({ maxBytes, onLine, onTooLong }: SseLinesOptions): SseLines {
  /** Of the byte order mark that may begin the stream; 3 when that is settled. */
  let markBytes = 0
  /** The start of a line whose end has not come. */
  const begun = createByteGatherer()
  let afterCr = false
  /** Bytes since the last line that belong to none: a line feed after its CR, the byte order mark. */
  let looseBytes = 0
  let stopped = false

  function feed(chunk: Uint8Array): void {
    if (stopped || chunk.length === 0) return
    if (markBytes < 3) readMark(chunk)
    else readLines(chunk, 0)
  }

  /** [spec] HTML 9.2.6: one leading byte order mark is dropped. */
  function readMark(chunk: Uint8Array): void {
    let at = 0
    while (at < chunk.length && markBytes < 3 && chunk[at] === byteOrderMark[markBytes]) {
      at++
      markBytes++
    }
    if (markBytes < 3 && at === chunk.length) return
    if (markBytes < 3) {
      const content = byteOrderMark.subarray(0, markBytes)
      markBytes = 3
      begin(content)
      readLines(chunk, at)
      return
    }
    looseBytes += 3
    readLines(chunk, at)
  }

  function readLines(chunk: Uint8Array, from: number): void {
    let start = from
    if (afterCr && start < chunk.length) {
      afterCr = false
      if (chunk[start] === LF) {
        start++
        looseBytes++
      }
    }
    let cr = chunk.indexOf(CR, start)
    let lf = chunk.indexOf(LF, start)
    while (start < chunk.length) {
      const end = cr === -1 || (lf !== -1 && lf < cr) ? lf : cr
      if (end === -1) break
      readLine(chunk, start, end)
      if (stopped) return
      start = end + 1
      if (end === cr) {
        if (start === chunk.length) afterCr = true
        else if (chunk[start] === LF) {
          start++
          looseBytes++
        }
        cr = chunk.indexOf(CR, start)
      }
      if (lf !== -1 && lf < start) lf = chunk.indexOf(LF, start)
    }
    if (start < chunk.length) begin(chunk.subarray(start))
  }

  function begin(piece: Uint8Array): void {
    begun.add(piece)
    if (begun.size() > maxBytes) refuse(begun.take())
  }

  function readLine(chunk: Uint8Array, start: number, end: number): void {
    if (begun.size() === 0) {
      give(chunk, start, end)
      return
    }
    begun.add(chunk.subarray(start, end))
    const line = begun.take()
    give(line, 0, line.length)
  }

  function give(bytes: Uint8Array, start: number, end: number): void {
    const size = end - start
    if (size > maxBytes) {
      refuse(bytes.subarray(start, end))
      return
    }
    const wireBytes = looseBytes + size + 1
    looseBytes = 0
    onLine(bytes, start, end, wireBytes)
  }

  function refuse(line: Uint8Array): void {
    stop()
    onTooLong(line, looseBytes + line.length)
  }

  function stop(): void {
    stopped = true
    begun.take()
  }

  return {
    feed,
    stop,
    begun: begun.peek,
    begunBytes: () => begun.size(),
    end() {
      // It began as the mark does, and was none.
      if (markBytes < 3) begun.add(byteOrderMark.subarray(0, markBytes))
      const wireBytes = looseBytes + begun.size()
      stopped = true
      return { line: begun.take(), wireBytes }
    },
  }
}
