// The event stream parser at the level of bytes: line ends, byte order marks, UTF-8, where a stream ends.

import { describe } from 'mocha'
import { bom, latin1, readsEach, type SseCase } from '../../../../support/samples/tellSse.ts'

const cases: readonly SseCase[] = [
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
    items: ['event message [] "a\\nb\\nc" 26', 'event message [] "d" 11'],
  },
  {
    title: 'a CR that ends the stream',
    stream: 'data: a\n\r',
    items: ['event message [] "a" 9'],
  },
  {
    title: 'NUL in data and names',
    stream: 'event: a\x00b\ndata: \x00\n\n',
    items: ['event a\u0000b [] "\\u0000" 20'],
  },
  {
    title: 'one byte order mark at the start',
    stream: `${bom}data: a\n\ndata: ${bom}\n\n`,
    items: ['event message [] "a" 12', 'event message [] "\ufeff" 11'],
  },
  {
    title: 'a second byte order mark as a part of the first name',
    stream: `${bom}${bom}data: a\n\ndata: b\n\n`,
    items: ['ignored unknown-field "\ufeffdata: a" 11', 'event message [] "b" 13'],
  },
  {
    title: 'the start of a byte order mark',
    stream: '\xef\xbbdata: a\ndata: b\n\n',
    items: ['ignored unknown-field "\ufffddata: a" 10', 'not UTF-8', 'event message [] "b" 9'],
  },
  {
    title: 'UTF-8',
    stream: latin1('event: ü\nid: 日本\ndata: 😀 é\n\n: ✓\n'),
    items: ['event ü [日本] "😀 é" 36', 'comment "✓" 6'],
  },
  {
    title: 'invalid UTF-8 replaced, never a line end, and told as it came',
    stream: 'data: a\xff\xe2\x82\nid: \xc3\ndata: \xf0\x9f\x98\n\n: \xc3\x28\n',
    items: [
      'event message [\ufffd] "a\ufffd\ufffd\\n\ufffd" 28',
      'not UTF-8 a\\xff\\xe2\\x82\\x0a\\xf0\\x9f\\x98',
      'not UTF-8 \\xc3',
      'comment "\ufffd(" 5',
      'not UTF-8 \\xc3(',
    ],
  },
  {
    title: 'invalid UTF-8 in a name, told with its event',
    stream: 'event: \xe9\ndata: a\n\n',
    items: ['event \ufffd [] "a" 18', 'not UTF-8 \\xe9'],
  },
  {
    title: 'invalid UTF-8 in an ID, told though no event is dispatched',
    stream: 'id: \xff\n\ndata: a\n\n',
    items: ['not UTF-8 \\xff', 'event message [\ufffd] "a" 16'],
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
    title: 'a form feed, a vertical tab, NEL and U+2028 as no line ends',
    stream: latin1('data: a\x0cb\x0bc\u0085d\u2028e\n\n'),
    items: ['event message [] "a\\fb\\u000bc\u0085d\u2028e" 20'],
  },
  {
    title: 'overlong and surrogate UTF-8 as replacement characters',
    stream: 'data: \xc0\x80 \xed\xa0\x80 \xf5\x80\n\n',
    items: [
      'event message [] "\ufffd\ufffd \ufffd\ufffd\ufffd \ufffd\ufffd" 17',
      'not UTF-8 \\xc0\\x80 \\xed\\xa0\\x80 \\xf5\\x80',
    ],
  },
]

describe('createSseParser, of bytes,', () => {
  readsEach(cases)
})
