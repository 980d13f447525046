// The bytes of an answer on their way to a strict parser, cut anywhere.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createAnswerBytes } from '../../../../../src/engine/protocols/http/answerBytes.ts'

const ok = 'HTTP/1.1 200 OK\r\n'
const chunked = `${ok}Transfer-Encoding: chunked\r\n\r\n`

interface Passed {
  readonly parser: string
  readonly surplus: string
  readonly flaws: readonly string[]
}

function pass(text: string, cut: number, headBytes = 1000): Passed {
  const passed: Uint8Array[] = []
  const surplus: Uint8Array[] = []
  const flaws: string[] = []
  const answer = createAnswerBytes({
    method: 'GET',
    headBytes,
    onFlawed: (head, bytes) => flaws.push(...head.flaws, Buffer.from(bytes).toString('latin1')),
    onFlawedChunks: () => flaws.push('chunks'),
    onSurplus: (bytes) => surplus.push(bytes.slice()),
  })
  const whole = Buffer.from(text, 'latin1')
  for (let at = 0; at < whole.length; at += cut) {
    // A buffer of its own, as a socket's chunks are.
    passed.push(answer.feed(Uint8Array.from(whole.subarray(at, at + cut))) ?? new Uint8Array(0))
  }
  passed.push(answer.end() ?? new Uint8Array(0))
  return {
    parser: Buffer.concat(passed).toString('latin1'),
    surplus: Buffer.concat(surplus).toString('latin1'),
    flaws,
  }
}

/** What came, what the parser gets where that is another, what is left over, and how many flaws are told. */
const cases: readonly (readonly [
  title: string,
  came: string,
  parser: string | null,
  surplus?: string,
  flaws?: number,
])[] = [
  ['counted', `${ok}Content-Length: 5\r\n\r\nhello`, null],
  ['counted, and more', `${ok}Content-Length: 5\r\n\r\nhello`, null, 'HTTP/1.1 200 OK\r\n\r\n'],
  ['empty, and more', `${ok}Content-Length: 0\r\n\r\n`, null, 'x'],
  ['204 with a body', 'HTTP/1.1 204 None\r\n\r\n', null, 'body'],
  ['to the close', `${ok}\r\nhello\r\n\r\n`, null],
  ['in chunks', `${chunked}5\r\nhello\r\n0A\r\n0123456789\r\n0\r\nX: 1\r\n\r\n`, null],
  [
    'in chunks with extensions, which nobody needs',
    `${chunked}5;x="y;\\"";z=1;w\r\nhello\r\n0;x\r\n\r\n`,
    `${chunked}5\r\nhello\r\n0\r\n\r\n`,
  ],
  ['in chunks, and more', `${chunked}1\r\na\r\n0\r\n\r\n`, null, '\r\nmore'],
  [
    'in chunks that end with LF',
    `${chunked}5\nhello\n0\n\n`,
    `${chunked}5\r\nhello\r\n0\r\n\r\n`,
    '',
    1,
  ],
  [
    'in chunks with spaces',
    `${chunked}5 \t\r\nhello\r\n0 \r\nX: 1\n\r\n`,
    `${chunked}5\r\nhello\r\n0\r\nX: 1\r\n\r\n`,
    'more',
    1,
  ],
  [
    'in chunks with spaces around the marks of their extensions',
    `${chunked}5 ; x = "a \\" b" ;y\t\r\nhello\r\n0; z\r\n\r\n`,
    `${chunked}5\r\nhello\r\n0\r\n\r\n`,
    '',
    1,
  ],
  ...[';', ';;', '; ', ' ;a', ';a;', ';a="b', ';a\x01', ';a\xe9', ';a/b', ';a\rb'].map(
    (extension) =>
      [
        `in chunks with the extension ${JSON.stringify(extension)}`,
        `${chunked}5${extension}\r\nhello\r\n0${extension}\r\n\r\n`,
        `${chunked}5\r\nhello\r\n0\r\n\r\n`,
        'more',
        1,
      ] as const,
  ),
  [
    'in chunks with blanks behind a size beyond the limit',
    `${chunked}5${' '.repeat(65_537)}\r\nhello`,
    `${chunked}5  \r\nhello`,
    '',
    1,
  ],
  [
    'in chunks with an extension beyond the limit',
    `${chunked}5;${'a'.repeat(65_537)}\r\nhello`,
    `${chunked}5;a\r\nhello`,
  ],
  [
    'in chunks with fields behind them that break the rules',
    `${chunked}0\r\nA: b\r\n c\r\nD : e\r\nF G: h\r\nContent-Length: 1\r\nI: \x01\n\r\n`,
    `${chunked}0\r\nA: b c\r\nD: e\r\nI:  \r\n\r\n`,
    'more',
    1,
  ],
  ['in chunks with a line behind them', `${chunked}0\r\nno colon\r\n\r\n`, null],
  [
    'in chunks with very many fields behind them',
    `${chunked}0\r\n${'A: b\r\n'.repeat(11_000)}\r\n`,
    null,
  ],
  ['in chunks that are none', `${chunked}5\r\nhello\r\nzz\r\nHTTP/1.1`, null],
  ['in chunks that are too long', `${chunked}5\r\nhelloworld0\r\n\r\n`, null],
  ['in chunks with two sizes', `${chunked}1 2\r\nabcdefghijklmnopqr\r\n`, null, '', 1],
  ['in chunks of no size', `${chunked}\r\n\r\n`, null],
  ['in chunks beyond number', `${chunked}${'f'.repeat(20)}\r\nabc`, null],
  ['behind hints', `HTTP/1.1 103 Hints\r\nA: b\r\n\r\n${ok}Content-Length: 1\r\n\r\na`, null, 'b'],
  [
    'behind flawed hints',
    `HTTP/1.1 103 Hints\n\n${ok}Content-Length: 1\r\n\r\na`,
    `HTTP/1.1 103 Hints\r\n\r\n${ok}Content-Length: 1\r\n\r\na`,
    'b',
    2,
  ],
  ['of status 99', 'HTTP/1.1 099 X\r\nContent-Length: 5\r\n\r\nHTTP/', null, 'x'],
  ['that opens a WebSocket', 'HTTP/1.1 101 Switching\r\n\r\n\x81\x01a\r\n', null],
  [
    'with two lengths',
    `${ok}Content-Length: 9\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n`,
    `${chunked}1\r\na\r\n0\r\n\r\n`,
    'more',
    2,
  ],
  ['that is none', 'SSH-2.0-OpenSSH_9.6\r\n', null],
  ['that is no head', `${ok}no colon\r\n\r\nbody`, null],
  ['whose head breaks off', 'HTTP/1.1 200 OK\r\nConte', null],
  ['whose head is too long', `${ok}X: ${'x'.repeat(2000)}\r\n\r\nabc`, null],
]

describe('The bytes of an answer', () => {
  for (const [title, came, parser, surplus = '', flaws = 0] of cases) {
    it(`${title} are the same to a parser, however they are cut`, () => {
      for (const cut of [100_000, 1, 2, 3, 7, 20]) {
        const passed = pass(came + surplus, cut)
        assert.equal(passed.parser, parser ?? came, `cut at ${cut}`)
        assert.equal(passed.surplus, surplus)
        assert.equal(passed.flaws.length, flaws, passed.flaws.join())
      }
    })
  }

  it('are the same to a parser, however they are changed', () => {
    const put = ['\r\n', '\n', '\r', ' ', ':', '0', 'f', '\0', '5']
    const short = cases.filter(([, came]) => came.length < 3000)
    let state = 1
    // [knuth] 3.3.4: a generator whose numbers are the same in each run.
    const random = (below: number): number => {
      state = (state * 48_271) % 2_147_483_647
      return state % below
    }
    for (let i = 0; i < 2000; i++) {
      let [, text = ''] = short[random(short.length)] ?? []
      for (let change = 0; change < 1 + random(4); change++) {
        const at = random(text.length)
        text = text.slice(0, at) + (put[random(put.length)] ?? '') + text.slice(at + random(3))
      }
      assert.deepEqual(pass(text, 1), pass(text, 100_000), JSON.stringify(text))
    }
  })

  it('pass as they came, not copied, where nothing is wrong', () => {
    const answer = createAnswerBytes({
      method: 'GET',
      headBytes: 1000,
      onFlawed: () => assert.fail(),
      onFlawedChunks: () => assert.fail(),
      onSurplus: () => assert.fail(),
    })
    const first = Buffer.from(`${chunked}5\r\nhel`)
    assert.equal(answer.feed(first), first)
    const second = Buffer.from('lo\r\n0\r\n\r\n')
    assert.equal(answer.feed(second), second)
    assert.equal(answer.stage(), 'over')
    assert.equal(answer.headBytes(), chunked.length)
  })

  it('of a flawed head are told as they came', () => {
    const head = 'HTTP/1.1 200 OK\nContent-Length: 1\n\n'
    for (const cut of [1, 1000]) assert.equal(pass(`${head}a`, cut).flaws.at(-1), head)
  })
})
