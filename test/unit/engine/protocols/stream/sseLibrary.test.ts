// The event stream parser beside the library's, over random streams.

import assert from 'node:assert/strict'
import { createParser } from 'eventsource-parser'
import { describe, it } from 'mocha'
import { bom, latin1, tellSse } from '../../../../support/samples/tellSse.ts'

describe('createSseParser and the library', () => {
  // The library strips a byte order mark twice (its decoder and its parser), and takes the characters
  // U+00EF U+00BB U+00BF for one: no stream here begins with those. Everywhere else both agree.
  it('dispatches what the library dispatches, over random streams cut at random', () => {
    for (let seed = 1; seed <= 400; seed++) {
      const random = createRandom(seed)
      const bytes = Buffer.from(randomStream(random), 'latin1')
      const chunks = cutAtRandom(bytes, random)
      const ours = tellSse(chunks).filter((item) => !/^(comment|not UTF-8|ignored)/.test(item))
      assert.deepEqual(
        ours.map(withoutSize),
        tellLibrary(chunks),
        `seed ${seed}: ${JSON.stringify(bytes.toString('latin1'))}`,
      )
    }
  })
})

function withoutSize(told: string): string {
  return told.slice(0, told.lastIndexOf(' ')).replace(' again]', ']')
}

/** Events and retries as the EventSource of `eventsource` gets them: see its `#onFetchResponse`. */
function tellLibrary(chunks: readonly Uint8Array[]): string[] {
  const told: string[] = []
  let lastEventId = ''
  const parser = createParser({
    onId: (id) => {
      lastEventId = id
    },
    onEvent: ({ event, data }) => {
      told.push(`event ${event || 'message'} [${lastEventId}] ${JSON.stringify(data)}`)
    },
    onRetry: (delayMs) => told.push(`retry ${delayMs}`),
  })
  const decoder = new TextDecoder()
  for (const chunk of chunks) parser.feed(decoder.decode(chunk, { stream: true }))
  return told
}

const words = [
  'data',
  'data',
  'data',
  'event',
  'id',
  'retry',
  'dat',
  'x',
  '12',
  '0',
  'ü',
  '😀',
  '日',
]
const marks = [':', ':', ': ', ' ', '\n', '\n', '\n\n', '\r', '\r\n', '\r\n\r\n', '\0', bom]
const broken = ['\xff', '\xc3', '\xe2\x82', '\xf0\x9f']

function randomStream(random: () => number): string {
  const pick = (list: readonly string[]) => list[Math.floor(random() * list.length)] ?? ''
  let stream = 'x\n'
  const length = 5 + Math.floor(random() * 60)
  for (let i = 0; i < length; i++) {
    const kind = random()
    if (kind < 0.45) stream += latin1(pick(words))
    else if (kind < 0.95) stream += pick(marks)
    else stream += pick(broken)
    if (random() < 0.3) stream += '\ndata:'
  }
  return `${stream}\n\n`
}

function cutAtRandom(bytes: Uint8Array, random: () => number): Uint8Array[] {
  const chunks: Uint8Array[] = []
  for (let at = 0; at < bytes.length; ) {
    const end = at + 1 + Math.floor(random() * 9)
    chunks.push(bytes.subarray(at, end))
    at = end
  }
  return chunks
}

/** Numbers from 0 to 1, the same for the same seed. */
function createRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}
