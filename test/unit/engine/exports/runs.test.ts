// Checks which frames of a run are drawn, and that drawn and counted ones together are all of them.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createRunShortener, type RunItem } from '../../../../src/engine/exports/runs.ts'
import { sampleRows } from '../../../support/samples/sampleRows.ts'

type Sample = Parameters<typeof sampleRows>[0][number]

const text = { type: 'text', fragments: 1, compressed: false, masked: false } as const
const http = { httpVersion: '1.1', headers: [] } as const

/** One letter a frame: what it is, so that a whole session reads as a word. */
const alphabet: Readonly<Record<string, Sample>> = {
  m: { kind: 'message', detail: text, bytes: 'hello' },
  o: { kind: 'message', direction: 'out', detail: text, bytes: 'hello' },
  b: { kind: 'message', detail: { ...text, type: 'binary' }, bytes: 'hello' },
  e: { kind: 'event', detail: { type: 'trade', lastEventId: '' }, bytes: 'hello' },
  f: { kind: 'event', detail: { type: 'chat', lastEventId: '' }, bytes: 'hello' },
  q: {
    kind: 'request',
    direction: 'out',
    detail: { ...http, purpose: 'poll', method: 'GET', url: 'http://h/', target: '/' },
  },
  r: {
    kind: 'response',
    detail: { ...http, purpose: 'poll', status: 200, statusText: 'OK', timings: {}, reused: true },
  },
  u: {
    kind: 'response',
    detail: {
      ...http,
      purpose: 'poll',
      status: 304,
      statusText: '',
      timings: {},
      reused: true,
      changed: false,
    },
  },
  x: { kind: 'error', direction: 'local', detail: { message: 'No.' } },
  w: { kind: 'wait', direction: 'local', detail: { reason: 'back-off', delayMs: 1 } },
}

function letters(word: string, afterMs: number): Sample[] {
  return [...word].map((letter) => {
    const sample = alphabet[letter]
    assert.ok(sample, letter)
    return { ...sample, afterMs }
  })
}

/** Drawn frames as their letters, omissions as `[text]`. */
function shorten(
  word: string,
  { runLength = 3, runMs = Number.POSITIVE_INFINITY, afterMs = 10 } = {},
): string {
  const runs = createRunShortener({ runLength, runMs })
  const rows = sampleRows(letters(word, afterMs))
  const draw = (item: RunItem) =>
    item.kind === 'row' ? word[item.row.frame.seq - 1] : `[${item.omission.text}]`
  return [...rows.flatMap((row) => runs.frame(row)), ...runs.flush()].map(draw).join('')
}

describe('runs', () => {
  const expectations: readonly (readonly [word: string, drawn: string])[] = [
    ['', ''],
    ['m', 'm'],
    ['mmm', 'mmm'],
    ['mmmmm', 'mmmmm'],
    ['mmmmmm', 'mmm[3 more messages in 30 ms]'],
    ['mmmmmmo', 'mmm[3 more messages in 30 ms]o'],
    ['mmmmmmmmxmmmmmmm', 'mmm[5 more messages in 50 ms]xmmm[4 more messages in 40 ms]'],
    // Feeds mix types of events, as they mix text and binary messages.
    ['eeefeeefef', 'eee[7 more events in 70 ms]'],
    ['mmbmmbbmm', 'mmb[6 more messages in 60 ms]'],
    ['eeeeeemmmm', 'eee[3 more events in 30 ms]mmmm'],
    ['xxxxxxxx', 'xxxxxxxx'],
    ['wwwwww', 'wwwwww'],
    // Two that alternate are one run; a run never begins with an answer.
    ['omomomomom', 'omom[6 more messages in 60 ms]'],
    ['qrqrqrqrqr', 'qrqr[3 more exchanges in 60 ms]'],
    ['qrququququququ', 'qrquququ[3 more exchanges in 60 ms]'],
    ['qrququququququqr', 'qrquququ[3 more exchanges in 60 ms]qr'],
    ['ququququququq', 'ququ[4 more exchanges in 80 ms]q'],
    ['ququququququqx', 'ququ[4 more exchanges in 80 ms]qx'],
    // The second of a supposed pair begins a run of its own.
    ['ommmmmmm', 'ommm[4 more messages in 40 ms]'],
    ['momommmmmmm', 'momommmm[3 more messages in 30 ms]'],
  ]

  for (const [word, drawn] of expectations) {
    it(`draw ${word || 'nothing'} as ${drawn || 'nothing'}`, () => {
      assert.equal(shorten(word), drawn)
    })
  }

  it('draw everything when the length is Infinity', () => {
    const word = 'm'.repeat(100) + 'qr'.repeat(100)
    assert.equal(shorten(word, { runLength: Number.POSITIVE_INFINITY }), word)
  })

  it('show a slow run whole to someone who watches it grow', () => {
    const word = 'm'.repeat(20) + 'qu'.repeat(20)
    assert.equal(shorten(word, { runMs: 1000, afterMs: 1000 }), word)
  })

  it('show what a fast run has come to each time that runMs has passed', () => {
    assert.equal(
      shorten('m'.repeat(25), { runMs: 100 }),
      'mmm[9 more messages in 90 ms]m[9 more messages in 90 ms]mmm',
    )
  })

  it('never lose a frame: drawn and counted ones make up all', () => {
    const word = 'mmmmmqrqrqrququququxmomomomomoeefefefefeeeeewqqqqqrrrrrr'.repeat(3)
    for (const runMs of [30, 50, Number.POSITIVE_INFINITY]) {
      for (let length = 0; length <= word.length; length++) {
        const drawn = shorten(word.slice(0, length), { runMs })
        const counted = [...drawn.matchAll(/\[(\d+) more (\w+)[^\]]*\]/g)].map(
          ([, count, noun]) => Number(count) * (noun?.startsWith('exchange') ? 2 : 1),
        )
        const shown = drawn.replace(/\[[^\]]*\]/g, '').length
        assert.equal(
          counted.reduce((a, b) => a + b, shown),
          length,
        )
      }
    }
  })

  it('go on after what they hold back has been asked for', () => {
    const runs = createRunShortener({ runLength: 2, runMs: Number.POSITIVE_INFINITY })
    const rows = sampleRows(letters('qrqrqrqrqrqrqrqr', 10))
    const drawn: string[] = []
    rows.forEach((row, index) => {
      const items = [...runs.frame(row)]
      // Once between an exchange and the next, once within one.
      if (index === 9 || index === 12) items.push(...runs.flush())
      for (const item of items) {
        drawn.push(item.kind === 'row' ? String(item.row.frame.seq) : item.omission.text)
      }
    })
    for (const item of runs.flush()) {
      drawn.push(item.kind === 'row' ? String(item.row.frame.seq) : item.omission.text)
    }
    assert.deepEqual(drawn, [
      ...['1', '2', '4 more exchanges in 80 ms', '1 more exchange in 20 ms', '13'],
      '3 more frames in 30 ms',
    ])
  })

  it('tell how many bytes were left out', () => {
    const runs = createRunShortener({ runLength: 1, runMs: Number.POSITIVE_INFINITY })
    const rows = sampleRows(letters('mmmmmm', 10))
    const items = [...rows.flatMap((row) => runs.frame(row)), ...runs.flush()]
    assert.deepEqual(
      items.flatMap((item) => (item.kind === 'omission' ? [item.omission.sizeBytes] : [])),
      [25],
    )
  })
})
