// Frames from the bytes of a stream: events, comments and what clients ignore, or records; and what is left at its end.

import type { IgnoredReason } from '../../../shared/frame/streamDetail.ts'
import type { Unfinished } from '../../../shared/session/unfinished.ts'
import { keptPayload } from '../../protocols/keptPayload.ts'
import { createStrayText } from '../../protocols/stream/strayText.ts'
import { type EndingWords, strayWords, streamEnding } from '../../protocols/stream/streamEnding.ts'
import type { AnswerFormat } from '../../protocols/stream/streamFormat.ts'
import type { StreamParser } from '../../protocols/stream/streamParser.ts'
import { connectionFrames } from '../connectionFrames.ts'
import type { StreamEnd } from '../http/exchange.ts'
import type { Undecoded } from '../http/undecodedBytes.ts'
import type { ConnectionIo } from '../transport.ts'
import { createEventParser } from './eventFrames.ts'
import { createPartsParser } from './partFrames.ts'
import { createRecordsParser } from './recordFrames.ts'
import type { StreamOptions, StreamSink } from './streamSink.ts'
import { createStreamWatch } from './streamWatch.ts'
import { createWireShare } from './wireShare.ts'

export interface StreamFrames {
  /** Takes bytes that arrived at `at`, epoch ms, and took so many on the wire. The capture may hold slices of them. */
  feed(bytes: Uint8Array, at: number, wireBytes: number): void
  /** What has come and completes nothing yet. */
  waiting(): Unfinished | null
  /** Nothing more comes: what is left over is told. */
  over(end: StreamEnd): void
  /** An event or a record has come. */
  hasItems(): boolean
  /** The sentence that an error has told of what came last; null where it was no such thing. */
  errorTold(): string | null
}

/** Frames of a stream in this format. */
export function createStreamFrames(
  format: AnswerFormat,
  io: Pick<ConnectionIo, 'connection' | 'emit'>,
  options: StreamOptions,
): StreamFrames {
  const { limits, state } = options
  const unit = format === 'sse' ? 'event' : 'record'
  const frames = connectionFrames(io)
  const share = createWireShare()
  const stray = createStrayText()
  let chunkAt = 0
  const tally = { hasItems: false, hasStray: false }
  let strayTold = false
  let errorTold: string | null = null
  let unfinished = ''

  const sink: StreamSink = {
    frame(kind, detail, data, contentBytes) {
      frames.crossed(kind, 'in', detail, {
        at: chunkAt,
        sizeBytes: data.length,
        wireBytes: share.take(contentBytes),
        payload: keptPayload(data, limits.payloadBytes),
        replyTo: null,
      })
    },
    ignored(why, data, contentBytes) {
      // Nothing of the chunk is read any more.
      const wireBytes = why === 'too-large' ? share.takeRest() : share.take(contentBytes)
      leftOut(why, { bytes: data, sizeBytes: data.length }, wireBytes)
    },
    notUtf8(data) {
      if (data !== null) leftOut('not-utf8', { bytes: data, sizeBytes: data.length }, 0)
      if (state.invalidNoted) return
      state.invalidNoted = true
      frames.notice('sse-invalid-utf8', invalidWords, { at: chunkAt })
    },
    pass: share.pass,
    counted(sound) {
      tally.hasItems = true
      if (!sound || !tally.hasStray) return
      stray.clear()
      tally.hasStray = false
      errorTold = null
    },
    tally,
    stray(line) {
      stray.add(line)
      tally.hasStray = true
      strayTold = false
    },
    unfinished(text) {
      unfinished = Buffer.from(text.subarray(0, shownBytes)).toString()
    },
  }
  const parser = parserFor(format, sink, options)
  const watch = createStreamWatch({
    format,
    parser,
    notice: (code, message) => frames.notice(code, message),
    hasStray: () => !strayTold && tally.hasStray,
    onStraySilence() {
      strayTold = true
      tell(strayWords({ by: null, unit, hasItems: tally.hasItems }, stray.read()))
    },
  })

  /** A frame of the wire layer. */
  function leftOut(why: IgnoredReason, { bytes, sizeBytes }: Undecoded, wireBytes: number): void {
    const payload = keptPayload(bytes, limits.payloadBytes)
    const kept = payload?.length ?? 0
    const detail = kept < sizeBytes ? { why, truncatedAt: kept } : { why }
    frames.crossed('ignored', 'in', detail, {
      at: chunkAt,
      sizeBytes,
      wireBytes,
      payload,
      replyTo: null,
    })
  }

  /** What is left when the parser has told what it had. */
  function tellRest({ undecoded, by }: StreamEnd): void {
    const wireBytes = share.takeRest()
    if (undecoded.sizeBytes > 0) leftOut('not-decoded', undecoded, wireBytes)
    else if (wireBytes > 0) leftOut('no-content', nothing, wireBytes)
    const left = strayTold ? '' : stray.read()
    const words = streamEnding({ by, unit, hasItems: tally.hasItems, stray: left, unfinished })
    if (words !== null) tell(words)
  }

  function tell(words: EndingWords): void {
    const bytes = words.text === null ? null : new TextEncoder().encode(words.text)
    const place = { came: bytes && { bytes, sizeBytes: bytes.length } }
    if (words.kind === 'notice') frames.notice(words.code, words.message, place)
    else {
      frames.error(words.fault, place)
      errorTold = words.fault.message
    }
  }

  return {
    feed(bytes, at, wireBytes) {
      chunkAt = at
      share.came(bytes.length, wireBytes)
      watch.before(bytes, at)
      parser.feed(bytes)
      watch.after(at)
    },
    waiting: watch.waiting,
    over(end) {
      watch.stop()
      chunkAt = end.at
      share.came(0, end.wireBytes)
      parser.end()
      tellRest(end)
    },
    hasItems: () => tally.hasItems,
    errorTold: () => errorTold,
  }
}

function parserFor(format: AnswerFormat, sink: StreamSink, options: StreamOptions): StreamParser {
  if (format === 'sse') return createEventParser(sink, options)
  if (format === 'multipart') return createPartsParser(sink, options)
  return createRecordsParser(format, sink, options)
}

const invalidWords =
  'The stream holds bytes that are not valid UTF-8. They are shown as \ufffd, as a browser reads them.'
const nothing: Undecoded = { bytes: new Uint8Array(0), sizeBytes: 0 }
/** More than a sentence shows. */
const shownBytes = 4096
