// An answer that passes a tap and is a stream: its head is told at once, then what comes as it comes.

import { Readable } from 'node:stream'
import { isEventStream, lastValue } from '../../shared/frame/headerFields.ts'
import { formatSize } from '../../shared/text/units.ts'
import { badEncoding } from '../protocols/http/httpFault.ts'
import { multipartBoundary } from '../protocols/stream/multipart.ts'
import type { AnswerFormat } from '../protocols/stream/streamFormat.ts'
import { type BodyReader, readBody } from '../transports/http/httpBody.ts'
import { nothingUndecoded } from '../transports/http/undecodedBytes.ts'
import { createStreamFrames, type StreamFrames } from '../transports/stream/streamFrames.ts'
import type { SourceState } from '../transports/stream/streamSink.ts'
import {
  type AnswerEnd,
  answerDetail,
  heldMs,
  type ReadAnswer,
  type TapAnswer,
} from './answerDetail.ts'
import { tellStreamEnded } from './exchangeWords.ts'
import { createFramedBody } from './framedBody.ts'
import { findItemStart } from './itemStart.ts'
import type { TapContext } from './tapContext.ts'

const endedBy = {
  complete: 'server',
  server: 'broken',
  client: 'stopped',
  relay: 'stopped',
} as const

export function createStreamedAnswer(
  context: TapContext,
  answer: ReadAnswer,
  format: AnswerFormat,
): TapAnswer {
  const { limits, io, taken } = context
  const { request, codings, text } = answer
  const { frames: told, conversation } = request
  const framed = createFramedBody(answer.bodyEnd)
  const state: SourceState = {
    lastEventId: null,
    reconnectMs: 0,
    invalidNoted: false,
    hadItems: false,
  }
  /** Since what was told last. */
  let wireBytes = 0
  /** Nothing of what comes can be read any more. */
  let isOver = false
  /** The start of an item is looked for. */
  let isSeeking = false
  let frames = open()
  const retire = conversation.streams()
  const coded = codings.length > 0 ? createCoded() : null
  tellHead()

  function tellHead(): void {
    const named = format === 'sse' && isEventStream(text)
    const detail = answerDetail(context, answer, 'stream', null, named ? {} : { stream: format })
    told.crossed('response', 'in', detail, {
      ...{ at: answer.at, sizeBytes: 0, wireBytes: answer.headBytes },
      ...{ payload: null, replyTo: request.seq },
    })
  }

  function open(): StreamFrames {
    const io = { connection: conversation.number, emit: context.io.emit }
    return createStreamFrames(format, io, {
      limits,
      state,
      boundary: multipartBoundary(lastValue(text.headers, 'content-type') ?? ''),
      onTooLarge: () =>
        giveUp(`A part of the stream is larger than ${formatSize(limits.messageBytes)}`),
    })
  }

  function giveUp(reason: string): void {
    if (isOver) return
    isOver = true
    told.notice('tap-not-shown', `${reason}: what follows in it is counted, and not shown.`)
  }

  function feed(content: Uint8Array, at: number): void {
    if (isOver) return
    const bytes = isSeeking ? fromItemStart(content) : content
    if (bytes === null) return
    const share = wireBytes
    wireBytes = 0
    frames.feed(bytes, at, share)
  }

  function fromItemStart(content: Uint8Array): Uint8Array | null {
    const start = findItemStart(format, content)
    if (start < 0) return null
    isSeeking = false
    return content.subarray(start)
  }

  /** The decompressor works behind: `end` resolves when all has been told. */
  function createCoded() {
    const source = new Readable({ read() {} })
    const ended = Promise.withResolvers<void>()
    /** Bytes that have given nothing yet. */
    let inside = 0
    function workedOff(): void {
      taken(inside)
      inside = 0
    }
    const reader: BodyReader = readBody(source, codings, {
      chunk(bytes, at) {
        feed(bytes, at)
        workedOff()
      },
      end: () => ended.resolve(),
      broken(error) {
        if (!isOver) told.error(badEncoding(codings, error))
        isOver = true
        workedOff()
        ended.resolve()
      },
      thrown(error) {
        io.fail(error)
        ended.resolve()
      },
    })
    return {
      ...{ source, reader, ended: ended.promise, workedOff },
      push(bytes: Uint8Array) {
        inside += bytes.length
        source.push(bytes)
      },
    }
  }

  async function endCoded(by: AnswerEnd, at: number): Promise<void> {
    if (coded === null) return
    const { source, reader, ended, workedOff } = coded
    if (by === 'complete') {
      source.push(null)
      await ended
    } else await reader.drain()
    workedOff()
    finish(by, at, reader.undecoded(by === 'complete'))
    source.destroy()
  }

  function finish(by: AnswerEnd, at: number, undecoded = nothingUndecoded): void {
    frames.over({ by: endedBy[by], at, wireBytes, undecoded })
    if (by === 'complete') tellStreamEnded(request, at)
    retire()
    request.asked.over(at, heldMs(answer))
  }

  return {
    isStream: true,
    asking: () => null,
    body(bytes, at) {
      wireBytes += bytes.length
      const content = framed.feed(bytes)
      if (coded === null || isOver || content === null) {
        taken(bytes.length)
        if (content !== null) feed(content, at)
      } else {
        // Framing is worked off already.
        taken(bytes.length - content.length)
        coded.push(content)
      }
    },
    lost(bytes) {
      wireBytes += bytes
      framed.lost()
      if (isOver) return
      if (coded !== null) giveUp('Some of the stream was not recorded, and it is compressed')
      else if (format === 'multipart' || format === 'json-array')
        giveUp('Some of the stream was not recorded')
      else if (!isSeeking) {
        frames.over({
          by: 'stopped',
          at: io.timers.now(),
          wireBytes: 0,
          undecoded: nothingUndecoded,
        })
        frames = open()
        isSeeking = true
      }
    },
    over(by, at) {
      if (coded === null) finish(by, at)
      else context.goesOn(endCoded(by, at))
    },
  }
}
