// The bar of a model's answer beside the rows, and what it says in folded bursts.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import type { Fold, Row } from '../../../../src/shared/session/captureRows.ts'
import type { ModelAnswer } from '../../../../src/shared/session/modelAnswers.ts'
import { AnswerText } from '../../../../src/webview/model/answerText.ts'
import { answerBars } from '../../../../src/webview/rows/answerBars.ts'
import { rowView } from '../../../../src/webview/rows/rowView.ts'
import { lookAtFolds, saidIn } from '../../../../src/webview/rows/saidInFolds.ts'

const answer = {
  ...{ id: 2, state: 'complete', lastSeq: 8, firstTokenAt: 50, finish: { seq: 9 }, usage: null },
  ...{ error: null, stalls: [{ fromSeq: 5, untilSeq: 6, ms: 2000 }] },
} as unknown as ModelAnswer

/** At ten times its number. */
function row(seq: number, more: Partial<Row> = {}): Row {
  return {
    frame: { seq, at: seq * 10, direction: 'in', kind: 'event' },
    preview: null,
    ...more,
  } as Row
}

function burst(firstSeq: number, lastSeq: number): Row {
  const fold = { what: 'burst', firstSeq, lastSeq, frames: lastSeq - firstSeq + 1, spanMs: 1900 }
  return row(firstSeq, {
    fold: {
      ...fold,
      kind: 'event',
      sizeBytes: 99,
      rate: { counts: [], binMs: 1 },
    } as unknown as Fold,
  })
}

function drawn(rows: readonly Row[], answers: readonly ModelAnswer[] = [answer]): string {
  const parts = answerBars({ first: 0, end: rows.length }, answers, (index) => rows[index])
  return rows
    .map((_, index) => {
      const part = parts.get(index)
      if (!part) return '-'
      return `${part.begins ? '(' : ''}${part.how}${part.ends ? ')' : ''}`
    })
    .join(' ')
}

describe('the bar of an answer beside the rows', () => {
  it('goes from the request over the first token to the end', () => {
    const rows = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((seq) => row(seq))
    assert.equal(drawn(rows), '- (waits waits waits turns speaks speaks speaks speaks) -')
  })

  it('goes through silences and folds, and to the last row while the answer goes on', () => {
    const rows = [
      row(1),
      row(2),
      row(4, { gapMs: 900 }),
      row(4),
      row(5),
      row(6, { gapMs: 2000 }),
      burst(6, 8),
      row(9),
    ]
    assert.equal(drawn(rows), '- (waits waits waits turns stalls speaks speaks)')
    const open = { ...answer, state: 'open', finish: null } as ModelAnswer
    assert.equal(drawn([row(8), row(30)], [open]), 'speaks speaks')
    assert.equal(drawn([row(8), row(30)], []), '- -')
  })
})

describe('a folded burst of chunks', () => {
  it('tells what the model said in it', () => {
    const text = new AnswerText()
    text.add(
      [' lets', ' both\n', 'sides'].map((said, index) => {
        return { seq: 6 + index, at: 60, part: 0, kind: 'text', text: said } as const
      }),
    )
    const looked: (readonly number[] | null)[] = []
    const feed = {
      ...{ answers: [answer], forgotten: 0, partial: false, problem: null, version: 0 },
      textOf: (id: number) => (id === 2 ? text : null),
      look: (_: string, ids: readonly number[] | null) => void looked.push(ids),
      refresh: () => {},
    }
    lookAtFolds(feed, [row(3), burst(6, 8), burst(20, 22)])
    assert.deepEqual(looked, [[2]])
    const said = saidIn(feed, burst(6, 8))
    assert.equal(
      rowView(burst(6, 8), null, null, null, said).text,
      '3 chunks in 1.9 s “ lets both sides”',
    )
    assert.equal(saidIn(feed, burst(6, 7)), ' lets both ')
    assert.equal(saidIn(feed, burst(20, 22)), null)
    assert.equal(saidIn(feed, row(6)), null)
  })
})

describe('the row that ends the stream of an answer', () => {
  const detail = { by: 'server', message: 'The stream ended.' }
  const end = { seq: 9, at: 90, kind: 'end', direction: 'local', detail } as Row['frame']
  const text = (state: ModelAnswer['state'], endSeq: number) => {
    const answers = [{ ...answer, state, endSeq } as ModelAnswer]
    const feed = { ...{ answers, forgotten: 0, partial: false, problem: null, version: 0 } }
    const idle = { textOf: () => null, look: () => {}, refresh: () => {} }
    const row = { frame: end, preview: null }
    const view = rowView(row, null, null, null, saidIn({ ...feed, ...idle }, row))
    return `${view.tone} ${view.text}`
  }

  it('says that it was cut', () => {
    assert.equal(text('cut', 9), 'error answer cut: no finish sign · end · The stream ended.')
    assert.equal(text('cut', 8), 'muted end · The stream ended.')
    assert.equal(text('complete', 9), 'muted end · The stream ended.')
  })
})
