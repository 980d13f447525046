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

function textOf(item: Exclude<RunItem, { kind: 'row' }>): string {
  return item.kind === 'gap' ? `${item.ms} ms` : item.omission.text
}

/** Drawn frames as their letters, omissions as `[text]`. */
function shorten(
  word: string,
  { runLength = 3, runMs = Number.POSITIVE_INFINITY, afterMs = 10 } = {},
): string {
  const runs = createRunShortener({ runLength, runMs })
  const rows = sampleRows(letters(word, afterMs))
  const draw = (item: RunItem) => {
    return item.kind === 'row' ? word[item.row.frame.seq - 1] : `[${textOf(item)}]`
  }
  return [...rows.flatMap((row) => runs.frame(row)), ...runs.flush()].map(draw).join('')
}

describe('runs', () => {
  const expectations: readonly (readonly [word: string, drawn: string])[] = [
    ['', ''],
    ['m', 'm'],
    ['mmm', 'mmm'],
    ['mmmmm', 'mmmmm'],
    ['mmmmmm', 'mmm[3 more messages in 30 ms, longest gap 10 ms]'],
    ['mmmmmmo', 'mmm[3 more messages in 30 ms, longest gap 10 ms]o'],
    [
      'mmmmmmmmxmmmmmmm',
      'mmm[5 more messages in 50 ms, longest gap 10 ms]xmmm[4 more messages in 40 ms, longest gap 10 ms]',
    ],
    // Feeds mix types of events, as they mix text and binary messages.
    ['eeefeeefef', 'eee[7 more events in 70 ms, longest gap 10 ms]'],
    ['mmbmmbbmm', 'mmb[6 more messages in 60 ms, longest gap 10 ms]'],
    ['eeeeeemmmm', 'eee[3 more events in 30 ms, longest gap 10 ms]mmmm'],
    ['xxxxxxxx', 'xxxxxxxx'],
    ['wwwwww', 'wwwwww'],
    // Two that alternate are one run; a run never begins with an answer.
    ['omomomomom', 'omom[6 more messages in 60 ms, longest gap 10 ms]'],
    ['qrqrqrqrqr', 'qrqr[3 more exchanges in 60 ms, longest gap 10 ms]'],
    ['qrququququququ', 'qrquququ[3 more exchanges in 60 ms, longest gap 10 ms]'],
    ['qrququququququqr', 'qrquququ[3 more exchanges in 60 ms, longest gap 10 ms]qr'],
    ['ququququququq', 'ququ[4 more exchanges in 80 ms, longest gap 10 ms]q'],
    ['ququququququqx', 'ququ[4 more exchanges in 80 ms, longest gap 10 ms]qx'],
    // The second of a supposed pair begins a run of its own.
    ['ommmmmmm', 'ommm[4 more messages in 40 ms, longest gap 10 ms]'],
    ['momommmmmmm', 'momommmm[3 more messages in 30 ms, longest gap 10 ms]'],
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

  /** What is drawn of letters that come so many milliseconds one after the other. */
  function stalled(steps: readonly (readonly [letter: string, afterMs: number])[], runLength = 3) {
    const runs = createRunShortener({ runLength, runMs: Number.POSITIVE_INFINITY })
    const rows = sampleRows(steps.flatMap(([letter, afterMs]) => letters(letter, afterMs)))
    return [...rows.flatMap((row) => runs.frame(row)), ...runs.flush()].map((item) => {
      return item.kind === 'row' ? steps[item.row.frame.seq - 1]?.[0] : `[${textOf(item)}]`
    })
  }

  it('tell the longest gap among what they hide', () => {
    const steps = [10, 10, 10, 40, 2500, 40, 40].map((afterMs) => ['m', afterMs] as const)
    assert.deepEqual(stalled(steps), [
      'm',
      'm',
      'm',
      '[4 more messages in 2.6 s, longest gap 2.5 s]',
    ])
  })

  it('do not count the time before a request that is drawn after all', () => {
    const steps = [...'qrqrqrqrqrq'].map((letter, i) => [letter, i === 10 ? 5000 : 10] as const)
    assert.equal(stalled(steps)[4], '[3 more exchanges in 60 ms, longest gap 10 ms]')
  })

  it('are interrupted by a line for silence that is not the rhythm of the peer', () => {
    const silent = [40, 40, 2500, 40, 1000, 1000].map((afterMs) => ['x', afterMs] as const)
    assert.equal(stalled(silent).join(''), 'xxxxxx')
    const events = [40, 40, 2500, 40, 1000, 1000].map((afterMs) => ['e', afterMs] as const)
    assert.equal(stalled(events, 20).join(''), 'ee[2500 ms]ee[1000 ms]ee')
    const polls = [0, 20, 5000, 1500].map((afterMs, i) => ['qrqr'[i] ?? '', afterMs] as const)
    assert.equal(stalled(polls).join(''), 'qrq[1500 ms]r')
  })

  it('show a slow run whole to someone who watches it grow', () => {
    const word = 'm'.repeat(20) + 'qu'.repeat(20)
    assert.equal(shorten(word, { runMs: 999, afterMs: 999 }), word)
  })

  it('show what a fast run has come to each time that runMs has passed', () => {
    assert.equal(
      shorten('m'.repeat(25), { runMs: 100 }),
      'mmm[9 more messages in 90 ms, longest gap 10 ms]m[9 more messages in 90 ms, longest gap 10 ms]mmm',
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
        drawn.push(item.kind === 'row' ? String(item.row.frame.seq) : textOf(item))
      }
    })
    for (const item of runs.flush()) {
      drawn.push(item.kind === 'row' ? String(item.row.frame.seq) : textOf(item))
    }
    assert.deepEqual(drawn, [
      ...[
        '1',
        '2',
        '4 more exchanges in 80 ms, longest gap 10 ms',
        '1 more exchange in 20 ms, longest gap 10 ms',
        '13',
      ],
      '3 more frames in 30 ms, longest gap 10 ms',
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
