// Rows that stand for several frames, or for none, in words.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import type { Fold, Row } from '../../../../src/shared/session/captureRows.ts'
import { foldFacts } from '../../../../src/webview/detail/foldFacts.ts'
import { ratePath } from '../../../../src/webview/rows/ratePath.ts'
import { rowView } from '../../../../src/webview/rows/rowView.ts'
import { messageRow } from '../../../support/editor/fakeRows.ts'
import { pollFold } from '../../../support/samples/sampleFolds.ts'

const row = messageRow(3)
const wordsOf = (fold: Partial<Fold>) =>
  rowView({ ...row, fold: { ...pollFold, ...fold } }, null).text

const burst: Partial<Fold> = {
  what: 'burst',
  kind: 'message',
  frames: 12_461,
  lastSeq: 12_463,
  spanMs: 118_000,
  names: [
    { name: 'trade', count: 12_300 },
    { name: 'chat\u202e', count: 151 },
    ...['a', 'b', 'c'].map((name) => ({ name, count: 2 })),
  ],
  others: 4,
  sizeBytes: 1_600_000,
  rate: { binMs: 1000, counts: [1, 800, 400] },
}

describe('the row of a run', () => {
  it('counts what it is of', () => {
    assert.equal(wordsOf({ count: 42, spanMs: 210_000 }), '42 unchanged polls in 3 min 30 s')
    assert.equal(
      wordsOf({
        what: 'heartbeats',
        count: 4,
        spanMs: 900,
        roundTripMs: { least: 2.1, most: 2.4 },
      }),
      '4 heartbeats · round trip 2.1 to 2.4 ms',
    )
    assert.equal(
      wordsOf({ what: 'heartbeats', count: 1, frames: 3, roundTripMs: { least: 980, most: 2400 } }),
      '1 heartbeat in 2.0 s · round trip 980 ms to 2.4 s',
    )
    assert.equal(
      wordsOf({ what: 'heartbeats', count: 3, kind: 'comment', spanMs: 45_000 }),
      '3 keep-alive comments in 45.0 s',
    )
    assert.equal(
      wordsOf({ what: 'repeats', count: 12, spanMs: 2750 }),
      '12 times in 2.8 s: text m3',
    )
    assert.equal(
      wordsOf(burst),
      '12,461 messages in 1 min 58 s · trade × 12,300 · chat\\u202e × 151 · a × 2 · b × 2 · others × 6',
    )
  })

  it('tells of one heartbeat when it was answered', () => {
    const fold: Fold = {
      ...pollFold,
      what: 'heartbeats',
      frames: 2,
      count: 1,
      kind: 'ping',
      spanMs: 0.3,
    }
    const ping = { ...row, frame: { ...row.frame, kind: 'ping', detail: {} }, fold } as Row
    assert.equal(rowView(ping, null).text, 'ping, pong after 0.3 ms')
    const roundTripMs = { least: 0.2, most: 0.2 }
    assert.equal(wordsOf({ ...fold, roundTripMs }), 'heartbeat, answered after 0.2 ms')
    assert.equal(rowView(ping, null).tone, 'muted')
  })

  it('says "at once" where no time is to be told, and counts messages although a heartbeat is among them', () => {
    const names = [
      { name: 'trade', count: 34 },
      { name: 'ping', count: 1 },
    ]
    const fold = { ...burst, frames: 35, spanMs: 0.04, names, others: 0, heartbeats: 1 }
    assert.equal(wordsOf(fold), '34 messages at once · trade × 34 · ping × 1')
    assert.equal(wordsOf({ ...fold, kind: null }), '35 frames at once · trade × 34 · ping × 1')
  })

  it('leaves out names that tell no more than the kind, and says while it is counting', () => {
    const namesOf = (...names: readonly string[]) => ({
      ...{ ...burst, frames: 8, others: 0 },
      names: names.map((name) => ({ name, count: 8 / names.length })),
    })
    assert.equal(wordsOf(namesOf('text')), '8 messages in 1 min 58 s')
    assert.equal(wordsOf(namesOf('binary')), '8 messages in 1 min 58 s · binary × 8')
    assert.equal(
      wordsOf(namesOf('text', 'binary')),
      '8 messages in 1 min 58 s · text × 4 · binary × 4',
    )
    assert.match(wordsOf({ ...burst, counting: true }), / · others × 6 …$/)
  })

  it('has a graph of a burst, whose words say how quick it was', () => {
    const view = rowView({ ...row, fold: { ...pollFold, ...burst } }, null)
    assert.deepEqual(view.rate, [1, 800, 400])
    assert.match(view.label, /^#3 to #12,463, .*, up to 800\/s, 1\.6 MB$/)
    assert.equal(view.ink, 'in')
    assert.equal(rowView({ ...row, fold: pollFold }, null).rate, null)
    assert.equal(ratePath([0, 1, 800, 400]), 'M3 16v-1h2v1zM6 16v-16h2v16zM9 16v-8h2v8z')
  })

  it('tells of a silence how long it was, and until which frame', () => {
    const view = rowView({ ...row, gapMs: 3214 }, 0)
    assert.equal(view.text, '3.2 s nothing')
    assert.equal(view.label, '3.2 s nothing, until #3')
    assert.equal(view.since, '')
  })
})

describe('the facts of a run', () => {
  it('have each name, the time between frames and the rate', () => {
    const gapsMs = { half: 0.42, most: 19 }
    const facts = foldFacts({ ...pollFold, ...burst, gapsMs }, row.frame).map(
      ({ name, value }) => `${name}: ${value}`,
    )
    assert.deepEqual(
      facts.filter((fact) => !/^(?:From|To):/.test(fact)),
      [
        'Burst: 12,461 frames',
        'Frames: #3 to #12,463',
        'Size: 1.6 MB payload · 360 B on the wire',
        'Names: trade × 12,300 · chat\\u202e × 151 · a × 2 · b × 2 · c × 2 · others × 4'.replace(
          / × /g,
          '\u00a0×\u00a0',
        ),
        'Between: half of them 0.4 ms or less, the longest 19 ms',
        'Rate: up to 800/s',
      ],
    )
    const ping = { at: row.frame.at, kind: 'ping' } as const
    const pair = { ...pollFold, what: 'heartbeats', count: 1, frames: 2, lastSeq: 4 } as const
    const roundTripMs = { least: 2.1, most: 2.1 }
    assert.deepEqual(
      foldFacts({ ...pair, roundTripMs }, ping).map(({ value }) =>
        value.replace(/\d\d:.*?,/, '…,'),
      ),
      ['ping #3 at …, pong #4 after 2.1 ms · 360 B on the wire'],
    )
    const counting = foldFacts({ ...pollFold, counting: true }, row.frame).at(-1)
    assert.equal(counting?.value, 'not all of the 4 frames yet')
  })
})
