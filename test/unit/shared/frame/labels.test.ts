// The words for JSON in rows: what differs is said, what all frames of a kind have in common is not.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createLabels } from '../../../../src/shared/frame/labels.ts'
import { request, response } from '../../../support/samples/describeSample.ts'
import { events, lines, messages } from '../../../support/samples/labelLines.ts'
import { sampleRows } from '../../../support/samples/sampleRows.ts'

const trades = [
  {
    type: 'trade',
    id: 267,
    symbol: 'BTC-EUR',
    price: 70477,
    size: 0.1,
    maker: { id: 'm1', venue: 'west' },
  },
  {
    type: 'trade',
    id: 268,
    symbol: 'BTC-EUR',
    price: 70477,
    size: 0.1,
    maker: { id: 'm1', venue: 'west' },
  },
  {
    type: 'trade',
    id: 269,
    symbol: 'ETH-EUR',
    price: 2866.5,
    size: 0.1,
    maker: { id: 'm1', venue: 'west' },
  },
  {
    type: 'trade',
    id: 270,
    symbol: 'BTC-EUR',
    price: 70477,
    size: 0.1,
    maker: { id: 'm1', venue: 'west' },
  },
]

const chunk = (delta: object, finish: string | null = null) => ({
  id: 'chatcmpl-9xKqJtq0VbN3mT8sPzR1yLwA2cDeF',
  object: 'chat.completion.chunk',
  created: 1790000000,
  model: 'gpt-4o-mini-2024-07-18',
  service_tier: 'default',
  system_fingerprint: 'fp_560af6e559',
  choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }],
})

describe('the words for JSON', () => {
  it('are all of it in the first three rows of a kind, what differs first, then only that', () => {
    assert.deepEqual(lines(messages(trades)), [
      'trade  id 267  symbol BTC-EUR  price 70477  size 0.1  maker.id m1  maker.venue west',
      'trade  id 268  symbol BTC-EUR  price 70477  size 0.1  maker.id m1  maker.venue west',
      'trade  id 269  symbol ETH-EUR  price 2866.5  size 0.1  maker.id m1  maker.venue west',
      'trade  id 270  symbol BTC-EUR  price 70477',
    ])
  })

  it('have quiet names, and quietly what the rows before have said', () => {
    assert.deepEqual(lines(messages(trades), { quiet: true }).slice(2), [
      'trade‹  id ›269‹  symbol ›ETH-EUR‹  price ›2866.5‹  size 0.1›‹  maker.id m1›‹  maker.venue west›',
      'trade‹  id ›270‹  symbol ›BTC-EUR‹  price ›70477',
    ])
  })

  it('say the token in every row of a model’s stream, as OpenAI sends it', () => {
    const tokens = [
      { role: 'assistant', content: '' },
      { content: 'Hello' },
      { content: ' world' },
      { content: '\n\n' },
    ]
    const said = lines(
      events([
        ...tokens.map((delta) => ['message', chunk(delta)] as const),
        ['message', chunk({}, 'stop')],
      ]),
    )
    assert.match(said[1] ?? '', /^delta\.content Hello {2}id chatcmpl-9xKq/)
    assert.match(said[2] ?? '', /^delta\.content " world" {2}id chatcmpl-9xKq/)
    assert.deepEqual(said.slice(3), [
      'delta.content "␊␊"',
      'choices[0].delta {}  choices[0].finish_reason stop',
    ])
    assert.match(
      said[0] ?? '',
      /^id chatcmpl-9xKq.* object chat\.completion\.chunk .*delta\.role assistant {2}delta\.content ""/,
    )
  })

  it('say the token in every row of a model’s stream, as Anthropic sends it', () => {
    const delta = (text: string) =>
      [
        'content_block_delta',
        { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } },
      ] as const
    assert.deepEqual(lines(events(['Once', ' upon', ' a', ' time'].map(delta))), [
      'content_block_delta  index 0  delta.type text_delta  delta.text Once',
      'content_block_delta  delta.text " upon"  index 0  delta.type text_delta',
      'content_block_delta  delta.text " a"  index 0  delta.type text_delta',
      'content_block_delta  delta.text " time"',
    ])
  })

  it('tell calls of JSON-RPC by their method, and answers by what is in them', () => {
    const said = lines(
      messages([
        {
          jsonrpc: '2.0',
          id: 1,
          method: 'tools/call',
          params: { name: 'add', arguments: { a: 1, b: [2, 3] } },
        },
        {
          jsonrpc: '2.0',
          id: 2,
          method: 'tools/call',
          params: { name: 'add', arguments: { a: 4, b: [2, 3] } },
        },
        { jsonrpc: '2.0', id: 2, result: 5 },
        { jsonrpc: '2.0', id: 3, error: { code: -32002, message: 'insufficient funds' } },
      ]),
    )
    assert.deepEqual(
      said,
      [
        'tools/call  jsonrpc 2.0  id 1  params.name add  arguments.a 1  arguments.b [2, 3]',
        'tools/call  id 2  arguments.a 4  jsonrpc 2.0  params.name add  arguments.b [2, 3]',
        'jsonrpc "2.0"  id 2  result 5',
        'id 3  error.code -32002  error.message insufficient funds  jsonrpc 2.0',
      ].map((line) => line.replace('jsonrpc 2.0', 'jsonrpc "2.0"')),
    )
  })

  it('say what is common where nothing differs, quietly', () => {
    const [, second] = lines(messages([{ ok: true }, { ok: true }]), { quiet: true })
    assert.equal(second, '‹ok true›')
    const [, ticker] = lines(
      messages([
        { type: 'tick', n: 1 },
        { type: 'tick', n: 1 },
      ]),
      { quiet: true },
    )
    assert.equal(ticker, 'tick‹  n 1›')
  })

  it('stay the same whenever a row is read', () => {
    const rows = messages([
      ...trades,
      ...trades.map((trade) => ({ ...trade, size: 7, extra: true })),
    ])
    const labels = createLabels()
    const inOrder = lines(rows, { labels })
    assert.deepEqual(lines([...rows].reverse(), { labels }).reverse(), inOrder)
    const learnt = createLabels()
    for (const { frame, start = null } of rows) learnt.learn(frame, start)
    assert.deepEqual(lines(rows, { labels: learnt }), inOrder)
    assert.match(inOrder[4] ?? '', /size 7 .*extra true$/)
  })

  it('tell what the first row lacks in rows before the one it was learnt from, too', () => {
    const rows = messages([{ n: 1 }, { n: 2, extra: true }, { n: 3, extra: true }])
    const labels = createLabels()
    const [first, second, third] = rows.map((row) => [row])
    assert.deepEqual(lines([...(first ?? []), ...(third ?? [])], { labels }), [
      'n 1',
      'n 3  extra true',
    ])
    assert.deepEqual(lines(second ?? [], { labels }), ['n 2  extra true'])
  })

  it('show a constant that changes long after the first frames where it is another one', () => {
    const rows = messages([
      ...Array.from({ length: 600 }, (_, n) => ({ n, status: 'ok' })),
      { n: 600, status: 'halted' },
      { n: 601, status: 'ok' },
    ])
    const said = lines(rows)
    assert.deepEqual(said.slice(599), ['n 599', 'n 600  status halted', 'n 601'])
  })

  it('stand behind the words of a request and of an answer', () => {
    const rows = sampleRows([
      {
        kind: 'request',
        direction: 'out',
        detail: { ...request, method: 'POST', target: '/a?b' },
        bytes: '{"q":"x"}',
      },
      { kind: 'response', detail: { ...response, changed: true }, bytes: '{"n":1,"at":2}' },
      { kind: 'response', detail: { ...response, changed: true }, bytes: '{"n":2,"at":2}' },
    ])
    assert.deepEqual(lines(rows), [
      'POST /a?b  q x',
      '200 OK · changed  n 1  at 2',
      '200 OK · changed  n 2  at 2',
    ])
  })

  it('are those of JSON in UTF-16, too, which an answer may name', () => {
    const headers = [['Content-Type', 'application/json; charset=utf-16']] as const
    const answers = ['utf16le', 'utf-16be'].map((order) => {
      const bytes = Buffer.from('\ufeff{"city":"Zürich"}', 'utf16le')
      return order === 'utf16le' ? bytes : bytes.swap16()
    })
    const rows = sampleRows(
      answers.map((bytes) => ({ kind: 'response', detail: { ...response, headers }, bytes })),
    )
    assert.deepEqual(lines(rows), ['200 OK  city Zürich', '200 OK  city Zürich'])
  })
})
