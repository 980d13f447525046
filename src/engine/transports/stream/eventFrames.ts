// The frames of an event stream: events, comments, reconnection times, and what clients ignore.

import { tooLarge } from '../../protocols/http/httpFault.ts'
import { createSseParser, type SseItem } from '../../protocols/stream/sseParser.ts'
import type { StreamParser } from '../../protocols/stream/streamParser.ts'
import { createEventDetails } from './eventDetails.ts'
import { cutAt, type StreamOptions, type StreamSink } from './streamSink.ts'

/** `state` learns the last event ID and the reconnection time. */
export function createEventParser(
  sink: StreamSink,
  { limits, state, onTooLarge }: StreamOptions,
): StreamParser {
  const details = createEventDetails()
  const { tally } = sink
  let retryTold = false
  const parser = createSseParser({
    lastEventId: state.lastEventId,
    maxBytes: limits.messageBytes,
    maxFieldBytes: limits.eventFieldBytes,
    onItem: handleItem,
  })

  function handleItem(item: SseItem): void {
    switch (item.kind) {
      case 'event':
        handleEvent(item)
        return
      case 'comment':
        sink.frame('comment', cutAt(item.data, limits), item.data, item.wireBytes)
        return
      case 'ignored':
        handleIgnored(item)
        return
      case 'retry':
        handleRetry(item.delayMs, item.wireBytes)
        return
      case 'invalid-utf8':
        sink.notUtf8(item.data)
        return
      case 'too-large':
        onTooLarge(tooLarge(`One ${item.what} of the stream`, item.limitBytes))
    }
  }

  function handleEvent(event: SseItem & { kind: 'event' }): void {
    const { type, lastEventId, sameId, data, wireBytes } = event
    const detail = details.of(type, lastEventId, sameId)
    const whole = data.length > limits.payloadBytes ? { ...detail, ...cutAt(data, limits) } : detail
    if (!tally.hasItems || tally.hasStray) sink.counted(true)
    sink.frame('event', whole, data, wireBytes)
  }

  function handleIgnored({ why, data, wireBytes }: SseItem & { kind: 'ignored' }): void {
    sink.ignored(why, data, wireBytes)
    if (why === 'unknown-field') sink.stray(data)
    if (why === 'unfinished') sink.unfinished(data)
  }

  function handleRetry(delayMs: number, wireBytes: number): void {
    const reconnectMs = Math.min(delayMs, limits.maxDelayMs)
    // Some servers say it with each event.
    if (retryTold && reconnectMs === state.reconnectMs) {
      sink.pass(wireBytes)
      return
    }
    retryTold = true
    state.reconnectMs = reconnectMs
    sink.frame('retry', { delayMs }, nothing, wireBytes)
  }

  return {
    ...parser,
    feed(bytes) {
      parser.feed(bytes)
      state.lastEventId = parser.lastEventId
    },
  }
}

const nothing = new Uint8Array(0)
