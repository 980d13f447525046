// The event stream parser: fields, events, what a client ignores, and limits.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import {
  createSseParser,
  type SseItem,
} from '../../../../../src/engine/protocols/stream/sseParser.ts'
import { readsEach, type SseCase, tellSse } from '../../../../support/samples/tellSse.ts'

const cases: readonly SseCase[] = [
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
      'event message [1] "first event" 26',
      'event message [] "second event" 22',
      'event message [] " third event" 20',
    ],
  },
  {
    title: 'an ID that is given again, and one that is kept',
    stream:
      'id: 1\ndata: a\n\nid: 1\ndata: a\n\ndata: a\n\nid: 2\n\nid: 2\ndata: b\n\nid\ndata: c\n\nid\ndata: d\n\n',
    items: [
      'event message [1] "a" 15',
      'event message [1 again] "a" 15',
      'event message [1] "a" 9',
      'event message [2 again] "b" 22',
      'event message [] "c" 12',
      'event message [] "d" 12',
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
      'event message [8] "c" 16',
      'event message [] "d" 13',
    ],
  },
  {
    title: 'an ID with NUL, which is ignored',
    stream: 'id: 1\nid: 2\x003\ndata: a\n\n',
    items: ['ignored nul-in-id "id: 2\\u00003" 8', 'event message [1] "a" 15'],
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
    title: 'an ID for the events after it, though its own block has no data',
    stream: 'id: 5\n\ndata: a\n\n',
    items: ['event message [5] "a" 16'],
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
    title: 'a comment alone, which dispatches nothing',
    stream: ': a\n\n:b\n\n',
    items: ['comment "a" 4', 'comment "b" 3'],
  },
  {
    title: 'retry within a block, which says nothing of the event',
    stream: 'data: a\nretry: 10\n\n',
    items: ['retry 10 10', 'event message [] "a" 9'],
  },
]

describe('createSseParser', () => {
  readsEach(cases)

  it('counts every byte', () => {
    const stream =
      'data: a\r\n\r\n: c\r\nretry: 5\r\nx: y\r\nretry: z\nevent: n\n\nid: 1\ndata: b\r\n\nid: 2\nda'
    const items: SseItem[] = []
    const parser = createSseParser({
      lastEventId: '',
      maxBytes: 1000,
      maxFieldBytes: 1000,
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
      maxFieldBytes: 1000,
      onItem: (item) => items.push(item),
    })
    parser.feed(Buffer.from('data: a\n\nid: 42\n'))
    assert(items[0]?.kind === 'event')
    assert.equal(items[0].lastEventId, '41')
    assert.equal(parser.lastEventId, '41')
    parser.feed(Buffer.from('\n'))
    assert.equal(parser.lastEventId, '42')
  })

  it('keeps no name that stands in a chunk, which is lent', () => {
    const types: string[] = []
    const parser = createSseParser({
      lastEventId: null,
      maxBytes: 1000,
      maxFieldBytes: 1000,
      onItem: (item) => types.push(item.kind === 'event' ? item.type : item.kind),
    })
    const chunk = Buffer.alloc(24)
    for (const type of ['first', 'other']) {
      chunk.write(`event: ${type}\ndata: 123\n\n`)
      parser.feed(chunk)
    }
    assert.deepEqual(types, ['first', 'other'])
  })

  describe('with a limit of 10 bytes', () => {
    const emptyLines = JSON.stringify(Array(12).fill('data: ').join('\n'))
    const tooLarge: readonly [title: string, stream: string, items: string[]][] = [
      ['a line of 10', 'data:12345\n\n', ['event message [] "12345" 12']],
      ['a line of 11', 'data:1234567890\n\ndata:x\n\n', ['"data:1234567890" 15', 'line']],
      ['a line without an end', ':1234567890', ['":1234567890" 11', 'line']],
      [
        'an event of many lines',
        'data:12345\ndata:12345\n\n',
        ['"data: 12345\\ndata: 12345" 22', 'event'],
      ],
      ['an event of empty lines', 'data\n'.repeat(12), [`${emptyLines} 60`, 'event']],
    ]
    for (const [title, stream, items] of tooLarge) {
      const [came, what] = items
      const told = what ? [`ignored too-large ${came}`, `too-large ${what}`] : items
      it(`${what ? 'stops at' : 'reads'} ${title}`, () => {
        const bytes = Buffer.from(stream)
        assert.deepEqual(tellSse([bytes], 10), told)
        const single = Array.from(bytes, (byte) => Uint8Array.of(byte))
        // Less of the line has come by then.
        assert.equal(tellSse(single, 10).at(-1), told.at(-1))
      })
    }
  })

  describe('with a limit of 4 bytes for names and IDs', () => {
    const fields: readonly [title: string, stream: string, items: string[]][] = [
      ['reads an ID of 4', 'id: 1234\ndata: a\n\n', ['event message [1234] "a" 18']],
      [
        'stops at an ID of 5',
        'id: 12345\n\ndata: a\n\n',
        ['ignored too-large "id: 12345" 10', 'too-large event ID'],
      ],
      [
        'stops at an ID of 5 with NUL',
        'id: 1234\0\n\ndata: a\n\n',
        ['ignored too-large "id: 1234\\u0000" 10', 'too-large event ID'],
      ],
      ['reads a name of 4', 'event: abcd\ndata: a\n\n', ['event abcd [] "a" 21']],
      [
        'stops at a name of 5',
        'event: abcde\ndata: a\n\n',
        ['ignored too-large "event: abcde" 13', 'too-large event name'],
      ],
    ]
    for (const [title, stream, items] of fields) {
      it(title, () => {
        assert.deepEqual(tellSse([Buffer.from(stream)], 1000, 4), items)
      })
    }
  })
})
