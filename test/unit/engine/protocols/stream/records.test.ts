// Records of streams that are not SSE: literal bytes, whole and cut at every byte.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import type {
  RecordFormat,
  RecordItem,
} from '../../../../../src/engine/protocols/stream/recordItems.ts'
import { createRecordParser } from '../../../../../src/engine/protocols/stream/records.ts'
import { assertLinear } from '../../../../support/assertLinear.ts'
import { escaped } from '../../../../support/samples/tellSse.ts'

interface Case {
  readonly title: string
  /** Bytes as Latin-1 text: one character is one byte. */
  readonly stream: string
  readonly items: readonly string[]
}

const ndjson: readonly Case[] = [
  { title: 'a line a record', stream: '{"a":1}\n[2]\n', items: ['{"a":1} 8', '[2] 4'] },
  { title: 'lines that end in CRLF', stream: '1\r\n2\r\n', items: ['1 3', '2 3'] },
  { title: 'a last line without an end', stream: '1\n2', items: ['1 2', '2 1'] },
  {
    title: 'a last line that is cut in a character',
    stream: '"\xc3',
    items: ['"\ufffd 2 cut-short'],
  },
  { title: 'a last line that is cut', stream: '{"a', items: ['{"a 3 cut-short'] },
  {
    title: 'blank lines, left out',
    stream: '\n1\n \t\n\r\n',
    items: [
      'ignored blank-line "" 1',
      '1 2',
      'ignored blank-line " \\t" 3',
      'ignored blank-line "" 2',
    ],
  },
  { title: 'a line that is no JSON', stream: 'x\n1\n', items: ['x 2 not-json', '1 2'] },
  { title: 'CR within a line', stream: '"a\rb"\n', items: ['"a\rb" 6 not-json'] },
  {
    title: 'UTF-8, and what is none',
    stream: `${latin1('"é😀"\n')}"\xff"\n`,
    items: ['"é😀" 9', '"\ufffd" 4', 'not UTF-8 "\\xff"'],
  },
  { title: 'nothing', stream: '', items: [] },
]

const jsonSeq: readonly Case[] = [
  {
    title: 'records between RS and LF',
    stream: '\x1e{"a":1}\n\x1e[2]\n',
    items: ['{"a":1} 9', '[2] 5'],
  },
  {
    title: 'line ends within a record',
    stream: '\x1e{\n"a":\n1\n}\n\x1e2\n',
    items: ['{\n"a":\n1\n} 12', '2 3'],
  },
  { title: 'RS in a row as one', stream: '\x1e\x1e\x1e1\n', items: ['1 5'] },
  {
    title: 'a record without LF, closed by itself',
    stream: '\x1e{"a":1}\x1e"b"\x1e[]',
    items: ['{"a":1} 8', '"b" 4', '[] 3'],
  },
  {
    title: 'a number or a word without LF as cut short',
    stream: '\x1e12\x1etrue\x1e12 \x1enull',
    items: ['12 3 cut-short', 'true 5 cut-short', '12 4', 'null 5 cut-short'],
  },
  {
    title: 'an unfinished record, and the one after it',
    stream: '\x1e{"a":\x1e{"b":2}\n',
    items: ['{"a": 6 cut-short', '{"b":2} 9'],
  },
  { title: 'what is no JSON', stream: '\x1ehello\n', items: ['hello 7 not-json'] },
  {
    title: 'what comes before the first RS',
    stream: 'junk\n\x1e1\n',
    items: ['ignored outside-record "junk\\n" 5', '1 3'],
  },
  { title: 'white space before the first RS', stream: ' \n\x1e1\n', items: ['1 5'] },
  { title: 'an end in the middle', stream: '\x1e1\n\x1e{"a', items: ['1 3', '{"a 4 cut-short'] },
]

const jsonArray: readonly Case[] = [
  {
    title: 'elements, each with what stands before it',
    stream: '[{"a":1}\n,\r\n{"b":[2,{}]} , []]\n',
    items: ['{"a":1} 8', '{"b":[2,{}]} 16', '[] 5'],
  },
  {
    title: 'brackets, commas and quotes in texts',
    stream: String.raw`[{"a":"]}\\\"],["},"[{\"",""]`,
    items: [String.raw`{"a":"]}\\\"],["} 18`, String.raw`"[{\"" 7`, '"" 3'],
  },
  { title: 'numbers and words', stream: '[1, -2e3 ,true]', items: ['1 2', '-2e3 6', 'true 6'] },
  { title: 'an empty array', stream: '[ ]', items: [] },
  { title: 'nothing', stream: '', items: [] },
  { title: 'a value in its place', stream: ' {"error":1}\n', items: ['{"error":1} 12'] },
  { title: 'arrays of arrays', stream: '[[1],[[2]]]', items: ['[1] 4', '[[2]] 6'] },
  {
    title: 'an end within an element',
    stream: '[{"a":1},{"b":"}',
    items: ['{"a":1} 8', '{"b":"} 8 cut-short'],
  },
  {
    title: 'what is no JSON',
    stream: '[{a:1},}x,{"b":2}]',
    items: ['{a:1} 6 not-json', '}x 3 not-json', '{"b":2} 8'],
  },
  {
    title: 'UTF-8, and what is none',
    stream: `[${latin1('"é😀"')},"\xff"]`,
    items: ['"é😀" 9', '"\ufffd" 4', 'not UTF-8 "\\xff"'],
  },
]

describe('createRecordParser', () => {
  for (const [format, cases] of [
    ['ndjson', ndjson],
    ['json-seq', jsonSeq],
    ['json-array', jsonArray],
  ] as const) {
    for (const { title, stream, items } of cases) {
      const bytes = Buffer.from(stream, 'latin1')
      it(`reads ${format}: ${title}`, () => {
        assert.deepEqual(tell(format, [bytes]), items)
      })
      it(`reads ${format}: ${title}, split at every byte`, () => {
        const single = Array.from(bytes, (byte) => Uint8Array.of(byte))
        assert.deepEqual(tell(format, single), items)
        for (let cut = 1; cut < bytes.length; cut++) {
          const halves = [bytes.subarray(0, cut), bytes.subarray(cut)]
          assert.deepEqual(tell(format, halves), items, `cut at ${cut}`)
        }
      })
    }
  }

  it('tells a record of a sequence when its end has come, not when the next one begins', () => {
    assert.deepEqual(tellLive('json-seq', ['\x1e{"a":', '1}', '\n']), [[], [], ['{"a":1} 9']])
  })

  it('tells an element of an array when its bracket has come', () => {
    assert.deepEqual(tellLive('json-array', ['[{"a":', '1}', ',\n', '2', ']']), [
      ...[[], ['{"a":1} 8'], [], [], ['2 3']],
    ])
  })

  it('takes brackets that close nothing as one element that is none', () => {
    const strays = '}'.repeat(5)
    assert.deepEqual(tell('json-array', [Buffer.from(`[{}${strays},1]`)]), [
      ...['{} 3', `${strays} 5 not-json`, '1 2'],
    ])
  })

  it('stops at an element that is too large', () => {
    const stream = Buffer.from(`[12,"${'x'.repeat(20)}",1]`)
    const whole = `"${'x'.repeat(20)}"`
    const ignored = `ignored too-large ${JSON.stringify(whole)} ${whole.length + 1}`
    assert.deepEqual(tell('json-array', [stream], 10), ['12 3', ignored, 'too-large'])
  })

  it('takes no longer for each byte of deep and of long elements', () => {
    assertLinear(50_000, (length) => {
      const deep = `[${'['.repeat(length)}${']'.repeat(length)},`
      const pieces = [deep, ...Array.from({ length: length / 100 }, () => '{"a":"\\\\"},')]
      assert.equal(
        tell(
          'json-array',
          pieces.map((piece) => Buffer.from(piece)),
        ).length,
        length / 100 + 1,
      )
    })
  })

  it('takes text as it comes, and no character apart', () => {
    const pieces = ['ab', 'c\xc3', '\xa9', '\xf0\x9f', '\x98\x80!', '\xff', 'z\xe2\x82']
    assert.deepEqual(tellLive('text', pieces), [
      ['ab 2'],
      ['c 1'],
      ['é 2'],
      [],
      ['😀! 5'],
      [],
      ['\ufffdz 2', 'not UTF-8 \\xffz'],
      ['\ufffd 2 cut-short'],
    ])
  })

  for (const format of ['ndjson', 'json-seq'] as const) {
    it(`stops ${format} at a record that is too large`, () => {
      const mark = format === 'ndjson' ? '' : '\x1e'
      const stream = Buffer.from(`${mark}12345678\n${mark}"${'x'.repeat(20)}"\n${mark}1\n`)
      const record = `12345678 ${mark.length + 9}`
      const whole = `"${'x'.repeat(20)}"${format === 'ndjson' ? '' : '\n'}`
      const ignored = (text: string) =>
        `ignored too-large ${JSON.stringify(text)} ${mark.length + text.length}`
      assert.deepEqual(tell(format, [stream], 10), [record, ignored(whole), 'too-large'])
      const single = Array.from(stream, (byte) => Uint8Array.of(byte))
      const begun = whole.slice(0, 11)
      assert.deepEqual(tell(format, single, 10), [record, ignored(begun), 'too-large'])
    })
  }

  it('takes no longer for each of very many lines that a JSON text comes in', () => {
    assertLinear(7500, (length) => {
      const lines = Array.from({ length }, () => '[\n')
      const pieces = ['\x1e', ...lines, '\x1e1\n'].map((piece) => Buffer.from(piece))
      const told = tell('json-seq', pieces)
      assert.equal(told.length, 2)
      assert.equal(told[1], '1 3')
    })
  })
})

function tell(format: RecordFormat, chunks: readonly Uint8Array[], maxBytes = 1e6) {
  const told: string[] = []
  const parser = createRecordParser(format, {
    maxBytes,
    onItem(item) {
      told.push(toldOf(item))
    },
  })
  for (const chunk of chunks) parser.feed(chunk)
  parser.end()
  return told
}

/** What each piece brings, and at last what the end brings where it brings something. */
function tellLive(format: RecordFormat, pieces: readonly string[]): string[][] {
  const told: string[][] = []
  const parser = createRecordParser(format, {
    maxBytes: 1e6,
    onItem(item) {
      told.at(-1)?.push(toldOf(item))
    },
  })
  for (const piece of pieces) {
    told.push([])
    parser.feed(Buffer.from(piece, 'latin1'))
  }
  told.push([])
  parser.end()
  return told.at(-1)?.length === 0 ? told.slice(0, -1) : told
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('utf8')
}

function latin1(text: string): string {
  return Buffer.from(text).toString('latin1')
}

function toldOf(item: RecordItem): string {
  switch (item.kind) {
    case 'record':
      return `${textOf(item.text)} ${item.wireBytes}${item.flaw === undefined ? '' : ` ${item.flaw}`}`
    case 'ignored':
      return `ignored ${item.why} ${JSON.stringify(textOf(item.data))} ${item.wireBytes}`
    case 'invalid-utf8':
      return `not UTF-8${item.data === null ? '' : ` ${escaped(item.data)}`}`
    case 'too-large':
      return item.kind
  }
}
