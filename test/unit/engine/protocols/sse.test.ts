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
    items: ['event message [] "" 6', 'event message [] "\\n" 11', 'ignored unfinished "data:" 5'],
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
    items: ['ignored no-data "event: gone" 13', 'event message [] "x" 9'],
  },
  {
    title: 'names compared as they are',
    stream: 'Data: a\ndata : b\n data: c\nDATA: d\ndatax: e\ndat: f\ndata: g\n\n',
    items: [
      'ignored unknown-field "Data: a" 8',
      'ignored unknown-field "data : b" 9',
      'ignored unknown-field " data: c" 9',
      'ignored unknown-field "DATA: d" 8',
      'ignored unknown-field "datax: e" 9',
      'ignored unknown-field "dat: f" 7',
      'event message [] "g" 9',
    ],
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
    items: ['ignored nul-in-id "id: 2\\u00003" 8', 'event message [1] "a" 15'],
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
    items: [
      'retry 1500 12',
      'ignored invalid-retry "retry: 1.5" 11',
      'ignored invalid-retry "retry: 1e3" 11',
      'ignored invalid-retry "retry:-1" 9',
      'ignored invalid-retry "retry: 12a" 11',
      'ignored invalid-retry "retry" 6',
      'ignored invalid-retry "retry:  7" 10',
      'retry 7 10',
    ],
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
    items: ['ignored unknown-field "\ufeffdata: a" 11', 'event message [] "b" 9'],
  },
  {
    title: 'the start of a byte order mark',
    stream: '\xef\xbbdata: a\ndata: b\n\n',
    items: ['ignored unknown-field "\ufffddata: a" 10', 'event message [] "b" 9'],
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
    items: ['event message [1] "a" 15', 'ignored unfinished "id: 2\\ndata: b" 14'],
  },
  {
    title: 'an end in the middle of a line',
    stream: 'event: x\ndata: a\ndata: b\nda',
    items: ['ignored unfinished "event: x\\ndata: a\\ndata: b\\nda" 27'],
  },
  {
    title: 'an end after a byte order mark, or within one',
    stream: bom,
    items: [],
  },
  {
    title: 'an end within a byte order mark',
    stream: '\xef\xbb',
    items: ['ignored unfinished "\ufffd" 2'],
  },
  {
    title: 'an end after CR, which ends a line',
    stream: 'data: a\r\rdata: b\r',
    items: ['event message [] "a" 9', 'ignored unfinished "data: b" 8'],
  },
  {
    title: 'nothing',
    stream: '',
    items: [],
  },
  {
    title: 'blank lines only',
    stream: '\n\r\r\n\n',
    items: [],
  },
  {
    title: 'a comment alone, which dispatches nothing',
    stream: ': a\n\n:b\n\n',
    items: ['comment "a" 4', 'comment "b" 3'],
  },
  {
    title: 'an ID for the events after it, though its own block has no data',
    stream: 'id: 5\n\ndata: a\n\n',
    items: ['event message [5] "a" 9'],
  },
  {
    title: 'the last of several names and IDs in a block',
    stream: 'event: a\nevent: b\nid: 1\nid: 2\ndata: x\n\n',
    items: ['event b [2] "x" 39'],
  },
  {
    title: 'an empty name as none',
    stream: 'event\ndata: x\n\n',
    items: ['event message [] "x" 15'],
  },
  {
    title: 'an empty ID after a NUL one, which counts',
    stream: 'id: 1\ndata: a\n\nid: \x00\nid:\ndata: b\n\n',
    items: [
      'event message [1] "a" 15',
      'ignored nul-in-id "id: \\u0000" 6',
      'event message [] "b" 13',
    ],
  },
  {
    title: 'lines without a colon as names',
    stream: 'id\nevent\nfoo\ndata\n\n',
    items: ['ignored unknown-field "foo" 4', 'event message [] "" 15'],
  },
  {
    title: 'a form feed, a vertical tab, NEL and U+2028 as no line ends',
    stream: latin1('data: a\x0cb\x0bc\u0085d\u2028e\n\n'),
    items: ['event message [] "a\\fb\\u000bc\u0085d\u2028e" 20'],
  },
  {
    title: 'retry within a block, which says nothing of the event',
    stream: 'data: a\nretry: 10\n\n',
    items: ['retry 10 10', 'event message [] "a" 9'],
  },
  {
    title: 'overlong and surrogate UTF-8 as replacement characters',
    stream: 'data: \xc0\x80 \xed\xa0\x80 \xf5\x80\n\n',
    items: ['event message [] "\ufffd\ufffd \ufffd\ufffd\ufffd \ufffd\ufffd" 17', 'invalid-utf8'],
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

  it('counts every byte', () => {
    const stream =
      'data: a\r\n\r\n: c\r\nretry: 5\r\nx: y\r\nretry: z\nevent: n\n\nid: 1\ndata: b\r\n\nid: 2\nda'
    const items: SseItem[] = []
    const parser = createSseParser({
      lastEventId: '',
      maxBytes: 1000,
      onItem: (item) => items.push(item),
    })
    parser.feed(Buffer.from(stream))
    parser.end()
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
      const ours = tell(chunks).filter((item) => !/^(comment|invalid|ignored)/.test(item))
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
  parser.end()
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
    case 'ignored':
      return `ignored ${item.why} ${quoted(item.data)} ${item.wireBytes}`
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
