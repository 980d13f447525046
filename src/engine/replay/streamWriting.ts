// Writes the items of a stream as they stand on the wire.

import { lastValue } from '../../shared/frame/headerFields.ts'
import { multipartBoundary } from '../protocols/stream/multipart.ts'
import type { StreamItem, StreamTurn } from './script/script.ts'

export interface StreamWriting {
  item(item: StreamItem, payload: Uint8Array): Uint8Array
  /** Behind the last item; empty where nothing ends it. */
  end(): Uint8Array
}

const nothing = new Uint8Array()

/** `lastEventId`: what the client has. */
export function createStreamWriting(turn: StreamTurn, lastEventId: string): StreamWriting {
  switch (turn.format) {
    case 'sse':
      return createEvents(lastEventId)
    case 'json-array':
      return createList()
    case 'multipart':
      return createParts(multipartBoundary(lastValue(turn.headers, 'content-type') ?? '') ?? 'part')
    case 'json-seq':
      // [rfc7464] 2.2
      return plain((text) => Buffer.concat([Buffer.of(0x1e), text, Buffer.from('\n')]))
    case 'ndjson':
      return plain((text) => Buffer.concat([text, Buffer.from('\n')]))
    case 'text':
      return plain((text) => text)
  }
}

function plain(write: (text: Uint8Array) => Uint8Array): StreamWriting {
  return { item: (_item, payload) => write(payload), end: () => nothing }
}

/** [spec] HTML 9.2.5 */
function createEvents(sentId: string): StreamWriting {
  let lastId = sentId
  return {
    item({ what }, payload) {
      const text = Buffer.from(payload).toString()
      switch (what.kind) {
        case 'comment':
          return Buffer.from(
            linesOf(text)
              .map((line) => `: ${line}\n`)
              .join(''),
          )
        case 'retry':
          return Buffer.from(`retry: ${Math.round(what.delayMs)}\n`)
        case 'record':
          return nothing
        case 'event': {
          const lines = linesOf(text).map((line) => `data: ${line}\n`)
          const type = what.type === 'message' ? '' : `event: ${oneLine(what.type)}\n`
          const id = what.ownId || what.id !== lastId ? `id: ${oneLine(what.id)}\n` : ''
          lastId = what.id
          return Buffer.from(`${type}${id}${lines.join('')}\n`)
        }
      }
    },
    end: () => nothing,
  }
}

function createList(): StreamWriting {
  let isFirst = true
  return {
    item(_item, payload) {
      const before = isFirst ? '[' : ',\n'
      isFirst = false
      return Buffer.concat([Buffer.from(before), payload])
    },
    end: () => Buffer.from(isFirst ? '[]' : ']'),
  }
}

/** [rfc2046] 5.1.1 */
function createParts(boundary: string): StreamWriting {
  return {
    item({ what }, payload) {
      const fields = what.kind === 'record' ? what.headers : []
      const head = fields
        .filter(([name]) => !/^content-(?:length|encoding)$/i.test(name))
        .map(([name, value]) => `${oneLine(name)}: ${oneLine(value)}\r\n`)
      const before = `--${boundary}\r\n${head.join('')}\r\n`
      return Buffer.concat([Buffer.from(before), payload, Buffer.from('\r\n')])
    },
    end: () => Buffer.from(`--${boundary}--\r\n`),
  }
}

function linesOf(text: string): readonly string[] {
  return text.split(/\r\n|\r|\n/)
}

function oneLine(text: string): string {
  return text.replace(/[\r\n]/g, ' ')
}
