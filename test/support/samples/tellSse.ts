// The event stream parser's results as short texts, in which a failed comparison reads well.

import assert from 'node:assert/strict'
import { it } from 'mocha'
import { createSseParser, type SseItem } from '../../../src/engine/protocols/stream/sseParser.ts'

export interface SseCase {
  readonly title: string
  /** Bytes as Latin-1 text: one character is one byte. */
  readonly stream: string
  readonly items: readonly string[]
}

export const bom = '\xef\xbb\xbf'

/** Makes two tests of each case: the stream whole, and cut at every byte. */
export function readsEach(cases: readonly SseCase[]): void {
  for (const { title, stream, items } of cases) {
    const bytes = Buffer.from(stream, 'latin1')
    it(`reads ${title}`, () => {
      assert.deepEqual(tellSse([bytes]), items)
    })
    it(`reads ${title}, split at every byte`, () => {
      assert.deepEqual(tellSse(Array.from(bytes, (byte) => Uint8Array.of(byte))), items)
      for (let cut = 1; cut < bytes.length; cut++) {
        const halves = [bytes.subarray(0, cut), bytes.subarray(cut)]
        assert.deepEqual(tellSse(halves), items, `cut at ${cut}`)
      }
    })
  }
}

export function tellSse(
  chunks: readonly Uint8Array[],
  maxBytes = 100_000,
  maxFieldBytes = maxBytes,
): string[] {
  const told: string[] = []
  const parser = createSseParser({
    lastEventId: '',
    maxBytes,
    maxFieldBytes,
    onItem: (item) => told.push(toldOf(item)),
  })
  for (const chunk of chunks) parser.feed(chunk)
  parser.end()
  return told
}

function toldOf(item: SseItem): string {
  switch (item.kind) {
    case 'event':
      return `event ${item.type} [${item.lastEventId}${item.sameId ? ' again' : ''}] ${quoted(item.data)} ${item.wireBytes}`
    case 'comment':
      return `comment ${quoted(item.data)} ${item.wireBytes}`
    case 'retry':
      return `retry ${item.delayMs} ${item.wireBytes}`
    case 'invalid-utf8':
      return item.data === null ? 'not UTF-8' : `not UTF-8 ${escaped(item.data)}`
    case 'ignored':
      return `ignored ${item.why} ${quoted(item.data)} ${item.wireBytes}`
    case 'too-large':
      return `too-large ${item.what}`
  }
}

function quoted(bytes: Uint8Array): string {
  return JSON.stringify(Buffer.from(bytes).toString('utf8'))
}

/** Bytes as a literal of this file's streams. */
export function escaped(bytes: Uint8Array): string {
  return Buffer.from(bytes)
    .toString('latin1')
    .replace(/[^ -~]/g, (char) => `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`)
}

/** Characters as the bytes of their UTF-8. */
export function latin1(text: string): string {
  return Buffer.from(text).toString('latin1')
}
