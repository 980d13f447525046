// The times of the drawn rows since something was sent, before and after the capture has told it.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import type { Row } from '../../../../src/shared/session/captureRows.ts'
import type { StoredRow } from '../../../../src/webview/model/rowStore.ts'
import type { TimelineModel } from '../../../../src/webview/model/timelineModel.ts'
import { createRowTimes } from '../../../../src/webview/rows/rowTimes.ts'
import { messageRow, settle } from '../../../support/editor/fakeRows.ts'

/** The frames with odd numbers were sent. */
function modelOf(text: string) {
  const positions = async (_: unknown, seqs: readonly number[]) => ({
    rows: seqs.map((seq) => Math.floor(Math.min(seq, 100) / 2)),
    partial: false,
  })
  const rows = async (_: unknown, from: number, count: number) => ({
    rows: Array.from({ length: count }, (_, index) => sentRow(2 * (from + index) + 1)),
  })
  const habits = { current: { timeMode: 'sent' } }
  return {
    api: { positions, rows },
    habits,
    shown: { filter: { text } },
  } as unknown as TimelineModel
}

function sentRow(seq: number): Row {
  const { frame, preview } = messageRow(seq)
  return { frame: { ...frame, direction: 'out' }, preview }
}

async function timesOf(text: string, drawn: readonly Row[]) {
  const times = createRowTimes(() => undefined)
  times.begin(modelOf(text), drawn)
  const last = drawn.at(-1) as StoredRow
  const atOnce = times.from(last)
  await settle()
  return [atOnce, times.from(last)]
}

describe('the times of rows since something was sent', () => {
  it('are known at once where the row is drawn', async () => {
    assert.deepEqual(await timesOf('', [sentRow(7), messageRow(8)]), [1007, 1007])
  })

  it('are not those of the first poll of a run', async () => {
    const run = { ...sentRow(1), fold: { open: false } } as Row
    assert.deepEqual(await timesOf('', [run, messageRow(8)]), ['unknown', 1007])
  })

  it('are not those of another row where a filter hides the last one', async () => {
    assert.deepEqual(await timesOf('size>1kB', [sentRow(3), messageRow(8)]), ['unknown', 1007])
  })
})
