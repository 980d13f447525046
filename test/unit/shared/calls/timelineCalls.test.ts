// Calls of a timeline page that are passed on, and those that are refused.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { checkCalls } from '../../../../src/shared/calls/forwardCalls.ts'
import type { TimelineApi } from '../../../../src/shared/calls/messages.ts'
import { RpcError } from '../../../../src/shared/calls/rpc.ts'
import { timelineCalls } from '../../../../src/shared/calls/timelineCalls.ts'

const filter = { afterSeq: 0, text: '', wire: false }
const companion = { request: 'POST', url: '/publish', headers: [['a', 'b']], body: null }
const slice = { fromAt: 1.5, binMs: 0.25, bins: 1024, afterSeq: 0 }
const noTexts = { filterText: '', draft: '', sent: [], show: null, plots: [] }

type CallName = keyof TimelineApi

/** Asks as a page does, which knows no types; answers with the arguments that come through. */
async function ask(name: CallName, ...args: readonly unknown[]): Promise<unknown> {
  const heard = Object.keys(timelineCalls).map((key) => [key, async (...all: unknown[]) => all])
  const api = checkCalls(timelineCalls, Object.fromEntries(heard) as TimelineApi)
  return (api[name] as (...all: readonly unknown[]) => Promise<unknown>)(...args)
}

const refused: readonly (readonly [string, CallName, ...unknown[]])[] = [
  ['a filter that is none', 'showing', null],
  ['a filter with a list', 'showing', []],
  ['a filter with a negative number', 'showing', { ...filter, afterSeq: -1 }],
  ['a filter without text', 'showing', { afterSeq: 0, wire: false }],
  ['a filter that does not tell its layer', 'showing', { afterSeq: 0, text: '' }],
  ['a filter of enormous length', 'showing', { ...filter, text: 'x'.repeat(4001) }],
  ['a search of enormous length', 'showing', { ...filter, find: 'x'.repeat(4001) }],
  [
    'a filter that opens folds at no frame',
    'showing',
    { ...filter, fold: { level: 'repeats', open: ['1'] } },
  ],
  [
    'a filter that folds nobody knows what',
    'showing',
    { ...filter, fold: { level: 'all', open: [] } },
    { ...filter, show: ['a b'] },
    { ...filter, show: 'price' },
    { ...filter, show: Array(21).fill('a') },
  ],
  ['a filter with silences of no length', 'rows', { ...filter, gapMs: -1 }],
  ['rows without a filter', 'rows', undefined, 0, 10],
  ['a range from a fraction', 'rows', filter, 0.5, 10],
  ['a range of NaN', 'rows', filter, Number.NaN, 10],
  ['a range of more rows than any window shows', 'rows', filter, 0, 2001],
  ['a range without an end', 'rows', filter, 0],
  ['the position of no frame', 'position', filter, undefined],
  ['a position under no filter', 'position', 1, 1],
  ['a tail under no filter', 'follow', { id: 1, rows: 10 }],
  ['a tail of more rows than any window shows', 'follow', { id: 1, filter, rows: 2001 }],
  ['the positions of a part of a frame', 'positions', filter, [1, 1.5]],
  ['more positions than a strip has bins', 'positions', filter, Array(2049).fill(1)],
  ['the row of no time', 'rowAt', filter, Number.NaN],
  ['the row of a time beyond all', 'rowAt', filter, 1e16],
  ...[
    ['without a beginning', { fromAt: '0' }],
    ['of bins of no length', { binMs: 0 }],
    ['of bins without end', { binMs: Number.POSITIVE_INFINITY }],
    ['without bins', { bins: 0 }],
    ['of a part of a bin', { bins: 1.5 }],
    ['of more bins than a screen has', { bins: 1025 }],
    ['after a part of a frame', { afterSeq: 0.5 }],
  ].map(
    ([title, change]) =>
      [`a slice ${title}`, 'slice', filter, { ...slice, ...(change as object) }] as const,
  ),
  ['a sequence number as text', 'openPayload', '1'],
  ['a rule with a way out of its document', 'openRule', 'x)/../y'],
  ['a comparison with nothing', 'openDifference', 1],
  ['habits that are none', 'keepHabits', 'x'],
  ['typed texts that are none', 'keepTyped', null],
  [
    'more sent messages than a page remembers',
    'keepTyped',
    { ...noTexts, sent: Array(101).fill('x') },
  ],
  ['shown fields that are no paths', 'keepTyped', { ...noTexts, show: ['a b'] }],
  ['shown fields that nobody told of', 'keepTyped', { ...noTexts, show: undefined }],
  ['a plot of no place', 'keepTyped', { ...noTexts, plots: [{ path: '$.a' }] }],
  ['plots that are no list', 'keepTyped', { ...noTexts, plots: null }],
  ['a habit that nobody can have', 'keepHabits', { detailPlace: 'left' }],
  ['an endless sequence number', 'openPayload', Number.POSITIVE_INFINITY],
  ['a diagram without a filter', 'copyExport', 'ascii', undefined, true],
  ['an export of no format', 'copyExport', 'toString', filter, true],
  ['an export that may ask, or not', 'copyExport', 'ascii', filter, 'yes'],
  [
    'selected frames that overlap',
    'selected',
    filter,
    [
      [3, 5],
      [5, 6],
    ],
    0,
  ],
  ['selected frames without an end', 'copySelected', 'ascii', filter, [[3]]],
  ['selected frames that end before they begin', 'copySelected', 'ascii', filter, [[3, 2]]],
  ['a capture on the clipboard', 'copyExport', 'capture', filter, true],
  ['a file of no format', 'saveExport', 'har', filter, true],
  ['a piece of no frame', 'payload', null, 0, 1],
  ['a piece from before the payload', 'payload', 1, -1, 1],
  ['a piece that is too long', 'payload', 1, 0, 9 * 1024 * 1024],
  ['what belongs to no frame', 'related', -1],
  ['an analysis that there is not', 'analysis', 'constructor', { afterSeq: 0 }],
  ['an analysis by a list', 'analysis', ['statistics'], { afterSeq: 0 }],
  ['an analysis of no frames', 'analysis', 'statistics', undefined],
  ['an analysis after no frame', 'analysis', 'statistics', {}],
  ['an analysis up to a part of a frame', 'analysis', 'statistics', { afterSeq: 0, untilSeq: 1.5 }],
  [
    'an analysis of a filter without its layer',
    'analysis',
    'statistics',
    { afterSeq: 0, filter: { text: 'x' } },
  ],
  ...[
    { places: { item: 'a[', time: null }, from: 0 },
    { places: { item: 'id' }, from: 0 },
    { places: null, from: -1 },
  ].map((items) => ['items of no place', 'analysis', 'items', { afterSeq: 0, items }] as const),
  ['fields since no time', 'analysis', 'itemFields', { afterSeq: 0, sinceAt: '1' }],
  ['something to copy that is no text', 'copy', { toString: () => 'x' }],
  ['a message of no type', 'send', { text: 'x' }],
  ['a message that is null', 'send', null],
  ['a text message with a number', 'send', { type: 'text', text: 1 }],
  ['a binary message without bytes', 'send', { type: 'binary', bytes: [1, 2] }],
  ['a saved message without a name', 'send', { type: 'saved' }],
  ['a repeated message of no type', 'repeat', { text: 'x' }, 1000],
  ['a delay of no length', 'repeat', null, -1],
  ['a delay that is no number', 'repeat', null, '2s'],
  ['a delay of NaN', 'repeat', null, Number.NaN],
  ['a ping of text', 'ping', 'x'],
  ['a ping of enormous length', 'ping', new Uint8Array(70_000)],
  ['a close code that is a fraction', 'closeWith', 1000.5, ''],
  ['a close without a reason', 'closeWith', 1000, undefined],
  ['a saved request with a number', 'request', { saved: 1 }],
  ['a request without headers', 'request', { ...companion, headers: undefined }],
  ['a header of three parts', 'request', { ...companion, headers: [['a', 'b', 'c']] }],
  ['a body that is no text', 'request', { ...companion, body: {} }],
]

describe('what the timeline page may not ask for', () => {
  for (const [title, name, ...args] of refused) {
    it(`${title} is refused`, async () => {
      await assert.rejects(
        ask(name, ...args),
        (error) => error instanceof RpcError && error.code === 'bad-argument',
      )
    })
  }
})

describe('what the timeline page may ask for', () => {
  it('keeps the fields and arguments that are known and no others', async () => {
    const full = { afterSeq: 3, text: 'a', wire: true }
    assert.deepEqual(await ask('showing', { ...full, more: 1 }, 'more'), [full])
    const shown = { ...full, show: ['price', 'items[*].id'] }
    assert.deepEqual(await ask('showing', shown), [shown])
    assert.deepEqual(await ask('keepShow', shown.show), [shown.show])
    const folding = { ...full, fold: { level: 'bursts', open: [7] }, gapMs: 500 }
    const asked = { ...folding, fold: { level: 'bursts', open: [7], more: 1 } }
    assert.deepEqual(await ask('rows', asked, 0, 2000), [folding, 0, 2000])
    assert.deepEqual(await ask('request', { ...companion, more: 1 }), [companion])
    assert.deepEqual(await ask('payload', 1, 5, 100), [1, 5, 100])
    assert.deepEqual(await ask('slice', full, { ...slice, more: 1 }), [full, slice])
    assert.deepEqual(await ask('rowAt', full, -2.5), [full, -2.5])
    assert.deepEqual(await ask('disconnect', 'more'), [])
  })

  it('takes what the profile keeps by its name', async () => {
    assert.deepEqual(await ask('send', { type: 'saved', name: 'hello', text: 'x' }), [
      { type: 'saved', name: 'hello' },
    ])
    assert.deepEqual(await ask('request', { saved: 'publish', url: '/x' }), [{ saved: 'publish' }])
    assert.deepEqual(await ask('closeWith', 4000, 'enough'), [4000, 'enough'])
    assert.deepEqual(await ask('repeat', null, 2000), [null, 2000])
  })

  it('takes bytes as VS Code delivers them', async () => {
    const bytes = new Uint8Array([1, 2])
    const message = { type: 'binary', bytes }
    assert.deepEqual(await ask('send', message), [message])
    assert.deepEqual(await ask('send', { ...message, bytes: bytes.buffer }), [message])
  })
})
