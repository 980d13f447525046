// The event stream parser: literal bytes, whole and cut at every byte, and beside the library.

import assert from 'node:assert/strict'
import { createParser } from 'eventsource-parser'
import { describe, it } from 'mocha'
import { createSseParser, type SseItem } from '../../../../src/engine/protocols/sse.ts'

/** Items as short text: what a failed comparison can be read in. */
type Told = string

interface Case {
  readonly title: string
  /** Bytes as Latin-1 text: one character is one byte. */
  readonly stream: string
  readonly items: readonly Told[]
}

const bom = '\xef\xbb\xbf'

const cases: readonly Case[] = [
  // [spec] HTML 9.2.6, the examples
  {
    title: 'lines of data joined by line feeds',
    stream: 'data: YHOO\ndata: +2\ndata: 10\n\n',
    items: ['event message [] "YHOO\\n+2\\n10" 30'],
  },
  {
    title: 'a comment, an ID, an ID without data, a leading space',
    stream:
      ': test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n',
    items: [
      'comment "test stream" 14',
      'event message [1] "first event" 25',
      'event message [] "second event" 22',
      'event message [] " third event" 20',
    ],
  },
  {
    title: 'events with empty data, and the last one discarded',
    stream: 'data\n\ndata\ndata\n\ndata:',
    items: ['event message [] "" 6', 'event message [] "\\n" 11'],
  },
  {
    title: 'one space, and only a space, after the colon left out',
    stream: 'data:test\n\ndata: test\n\ndata:  x\n\ndata:\ty\n\n',
    items: [
      'event message [] "test" 11',
      'event message [] "test" 12',
      'event message [] " x" 10',
      'event message [] "\\ty" 9',
    ],
  },
  {
    title: 'lines that end in CR',
    stream: 'data: a\r\rdata: b\r\r',
    items: ['event message [] "a" 9', 'event message [] "b" 9'],
  },
  {
    title: 'lines that end in CRLF',
    stream: 'data: a\r\n\r\ndata: b\r\n\r\n',
    items: ['event message [] "a" 10', 'event message [] "b" 11'],
  },
  {
    title: 'all line ends in one stream',
    stream: 'data: a\rdata: b\ndata: c\r\n\n\n\rdata: d\n\r',
    items: ['event message [] "a\\nb\\nc" 26', 'event message [] "d" 9'],
  },
  {
    title: 'a CR that ends the stream',
    stream: 'data: a\n\r',
    items: ['event message [] "a" 9'],
  },
  {
    title: 'named events, the name for one event only',
    stream: 'event: trade\ndata: 1\n\ndata: 2\n\nevent: x\nevent:\ndata: 3\n\n',
    items: ['event trade [] "1" 22', 'event message [] "2" 9', 'event message [] "3" 25'],
  },
  {
    title: 'no event without data, and its name dropped',
    stream: 'event: gone\n\ndata: x\n\n',
    items: ['event message [] "x" 9'],
  },
  {
    title: 'names compared as they are',
    stream: 'Data: a\ndata : b\n data: c\nDATA: d\ndatax: e\ndat: f\ndata: g\n\n',
    items: ['event message [] "g" 59'],
  },
  {
    title: 'a colon in the value',
    stream: 'data: a:b\nevent: c:d\n\n',
    items: ['event c:d [] "a:b" 22'],
  },
  {
    title: 'an ID that stays until another comes',
    stream: 'id: 7\ndata: a\n\ndata: b\n\nid: 8\n\ndata: c\n\nid:\ndata: d\n\n',
    items: [
      'event message [7] "a" 15',
      'event message [7] "b" 9',
      'event message [8] "c" 9',
      'event message [] "d" 13',
    ],
  },
  {
    title: 'an ID with NUL, which is ignored',
    stream: 'id: 1\nid: 2\x003\ndata: a\n\n',
    items: ['event message [1] "a" 23'],
  },
  {
    title: 'NUL in data and names',
    stream: 'event: a\x00b\ndata: \x00\n\n',
    items: ['event a\u0000b [] "\\u0000" 20'],
  },
  {
    title: 'retry of digits only',
    stream:
      'retry: 1500\nretry: 1.5\nretry: 1e3\nretry:-1\nretry: 12a\nretry\nretry:  7\nretry:007\n',
    items: ['retry 1500 12', 'retry 7 10'],
  },
  {
    title: 'a retry too large for a number',
    stream: `retry: ${'9'.repeat(400)}\n`,
    items: [`retry ${Number.MAX_SAFE_INTEGER} 408`],
  },
  {
    title: 'comments between the lines of an event',
    stream: 'data: a\n:\n:  two\ndata: b\n\n',
    items: ['comment "" 2', 'comment " two" 7', 'event message [] "a\\nb" 17'],
  },
  {
    title: 'one byte order mark at the start',
    stream: `${bom}data: a\n\ndata: ${bom}\n\n`,
    items: ['event message [] "a" 12', 'event message [] "\ufeff" 11'],
  },
  {
    title: 'a second byte order mark as a part of the first name',
    stream: `${bom}${bom}data: a\n\ndata: b\n\n`,
    items: ['event message [] "b" 9'],
  },
  {
    title: 'the start of a byte order mark',
    stream: '\xef\xbbdata: a\ndata: b\n\n',
    items: ['event message [] "b" 19'],
  },
  {
    title: 'UTF-8',
    stream: latin1('event: ü\nid: 日本\ndata: 😀 é\n\n: ✓\n'),
    items: ['event ü [日本] "😀 é" 36', 'comment "✓" 6'],
  },
  {
    title: 'invalid UTF-8 replaced, never a line end, and told once',
    stream: 'data: a\xff\xe2\x82\nid: \xc3\ndata: \xf0\x9f\x98\n\n: \xc3\x28\n',
    items: [
      'event message [\ufffd] "a\ufffd\ufffd\\n\ufffd" 28',
      'invalid-utf8',
      'comment "\ufffd(" 5',
    ],
  },
  {
    title: 'a replacement character that was sent as such',
    stream: latin1('data: \ufffd\n\n'),
    items: ['event message [] "\ufffd" 11'],
  },
  {
    title: 'an event without its blank line discarded, with its ID',
    stream: 'id: 1\ndata: a\n\nid: 2\ndata: b\n',
    items: ['event message [1] "a" 15'],
  },
]

describe('createSseParser', () => {
  for (const { title, stream, items } of cases) {
    const bytes = Buffer.from(stream, 'latin1')
    it(`reads ${title}`, () => {
      assert.deepEqual(tell([bytes]), items)
    })
    it(`reads ${title}, split at every byte`, () => {
      assert.deepEqual(tell(Array.from(bytes, (byte) => Uint8Array.of(byte))), items)
      for (let cut = 1; cut < bytes.length; cut++) {
        const halves = [bytes.subarray(0, cut), bytes.subarray(cut)]
        assert.deepEqual(tell(halves), items, `cut at ${cut}`)
      }
    })
  }

  it('counts every byte of complete blocks', () => {
    const stream = 'data: a\r\n\r\n: c\r\nretry: 5\r\nid: 1\ndata: b\r\n\n'
    const items: SseItem[] = []
    const parser = createSseParser({
      lastEventId: '',
      maxBytes: 1000,
      onItem: (item) => items.push(item),
    })
    parser.feed(Buffer.from(stream))
    const sum = items.reduce((total, item) => total + ('wireBytes' in item ? item.wireBytes : 0), 0)
    assert.equal(sum, stream.length)
  })

  it('begins with the last event ID of the connection before', () => {
    const items: SseItem[] = []
    const parser = createSseParser({
      lastEventId: '41',
      maxBytes: 1000,
      onItem: (item) => items.push(item),
    })
    parser.feed(Buffer.from('data: a\n\nid: 42\n'))
    assert(items[0]?.kind === 'event')
    assert.equal(items[0].lastEventId, '41')
    assert.equal(parser.lastEventId, '41')
    parser.feed(Buffer.from('\n'))
    assert.equal(parser.lastEventId, '42')
  })

  describe('with a limit of 10 bytes', () => {
    const tooLarge: readonly [title: string, stream: string, items: Told[]][] = [
      ['a line of 10', 'data:12345\n\n', ['event message [] "12345" 12']],
      ['a line of 11', 'data:1234567890\n\ndata:x\n\n', ['too-large line']],
      ['a line without an end', ':1234567890', ['too-large line']],
      ['an event of many lines', 'data:12345\ndata:12345\n\n', ['too-large event']],
      ['an event of empty lines', 'data\n'.repeat(12), ['too-large event']],
    ]
    for (const [title, stream, items] of tooLarge) {
      it(`${items[0]?.startsWith('too') ? 'stops at' : 'reads'} ${title}`, () => {
        const bytes = Buffer.from(stream)
        assert.deepEqual(tell([bytes], 10), items)
        const single = Array.from(bytes, (byte) => Uint8Array.of(byte))
        assert.deepEqual(tell(single, 10), items)
      })
    }
  })

  // The library strips a byte order mark twice (its decoder and its parser), and takes the characters
  // U+00EF U+00BB U+00BF for one: no stream here begins with those. Everywhere else both agree.
  it('dispatches what the library dispatches, over random streams cut at random', () => {
    for (let seed = 1; seed <= 400; seed++) {
      const random = createRandom(seed)
      const bytes = Buffer.from(randomStream(random), 'latin1')
      const chunks = cutAtRandom(bytes, random)
      const ours = tell(chunks).filter((item) => !/^(comment|invalid)/.test(item))
      assert.deepEqual(
        ours.map(withoutSize),
        tellLibrary(chunks),
        `seed ${seed}: ${JSON.stringify(bytes.toString('latin1'))}`,
      )
    }
  })
})

function tell(chunks: readonly Uint8Array[], maxBytes = 100_000): Told[] {
  const told: Told[] = []
  const parser = createSseParser({
    lastEventId: '',
    maxBytes,
    onItem: (item) => told.push(toldOf(item)),
  })
  for (const chunk of chunks) parser.feed(chunk)
  return told
}

function toldOf(item: SseItem): Told {
  switch (item.kind) {
    case 'event':
      return `event ${item.type} [${item.lastEventId}] ${quoted(item.data)} ${item.wireBytes}`
    case 'comment':
      return `comment ${quoted(item.data)} ${item.wireBytes}`
    case 'retry':
      return `retry ${item.delayMs} ${item.wireBytes}`
    case 'invalid-utf8':
      return 'invalid-utf8'
    case 'too-large':
      return `too-large ${item.what}`
  }
}

function quoted(bytes: Uint8Array): string {
  return JSON.stringify(Buffer.from(bytes).toString('utf8'))
}

function withoutSize(told: Told): Told {
  return told.slice(0, told.lastIndexOf(' '))
}

/** Events and retries as the EventSource of `eventsource` gets them: see its `#onFetchResponse`. */
function tellLibrary(chunks: readonly Uint8Array[]): Told[] {
  const told: Told[] = []
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

function latin1(text: string): string {
  return Buffer.from(text).toString('latin1')
}
