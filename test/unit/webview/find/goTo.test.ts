// Going to frames by number, time, error, gap and answer, over rows in memory.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import type { FrameWithPreview } from '../../../../src/shared/frame/frame.ts'
import type { Row, RowFilter } from '../../../../src/shared/session/captureRows.ts'
import { createGoTo } from '../../../../src/webview/find/goTo.ts'
import { pairedSeq } from '../../../../src/webview/find/pairedSeq.ts'
import { rowAtTime } from '../../../../src/webview/find/rowAtTime.ts'
import { SlowSearch } from '../../../../src/webview/model/slowSearch.ts'
import { messageRow } from '../../../support/editor/fakeRows.ts'
import { openModel } from '../../../support/editor/openModel.ts'

const everything: RowFilter = { afterSeq: 0, text: '', wire: false }

function apiOf(rows: readonly Row[]) {
  let calls = 0
  return {
    get calls() {
      return calls
    },
    rows: async ({ afterSeq }: RowFilter, from: number, count: number) => {
      calls++
      const all = rows.filter(({ frame }) => frame.seq > afterSeq)
      return {
        from,
        total: all.length,
        previousAt: null,
        rows: all.slice(from, from + count),
        partial: false,
      }
    },
    related: async (seq: number) => {
      const row = rows.find(({ frame }) => frame.seq === seq)
      return row
        ? { row, answered: null, cameSeq: null, handshake: null, fragments: [], before: null }
        : null
    },
  }
}

describe('the row at a time', () => {
  const rows = Array.from({ length: 1000 }, (_, index) => {
    const { frame, preview } = messageRow(index + 1)
    return { frame: { ...frame, elapsedMs: index * 10 }, preview }
  })
  const seqAt = async (elapsedMs: number, of: readonly Row[] = rows) =>
    (await rowAtTime(apiOf(of), everything, of.length, elapsedMs))?.row.frame.seq

  it('is the first one then or later, and the last one beyond them', async () => {
    assert.equal(await seqAt(0), 1)
    assert.equal(await seqAt(10), 2)
    assert.equal(await seqAt(10.5), 3)
    assert.equal(await seqAt(9990), 1000)
    assert.equal(await seqAt(1e9), 1000)
    assert.equal(await seqAt(5, []), undefined)
  })

  it('is found in few calls', async () => {
    const api = apiOf(rows)
    await rowAtTime(api, everything, 1000, 4321)
    assert.ok(api.calls <= 10, `${api.calls}`)
  })

  it('is the folded row that lasts beyond it', async () => {
    const fold = { firstSeq: 3, lastSeq: 8, count: 3, sizeBytes: 0, wireBytes: 0, spanMs: 50 }
    const folded = rows
      .filter(({ frame: { seq } }) => seq <= 3 || seq > 8)
      .map((row) => (row.frame.seq === 3 ? { ...row, fold: { ...fold, open: false } } : row))
    assert.equal(await seqAt(45, folded as unknown as readonly Row[]), 3)
    assert.equal(await seqAt(75, folded as unknown as readonly Row[]), 9)
  })
})

describe('the frame that belongs to another', () => {
  const ping: FrameWithPreview = {
    frame: { ...messageRow(1).frame, kind: 'ping', detail: {} } as never,
    preview: null,
  }
  const noise = Array.from({ length: 400 }, (_, index) => messageRow(index + 2))
  const pong: FrameWithPreview = {
    frame: { ...messageRow(402).frame, kind: 'pong', detail: {}, replyTo: 1 } as never,
    preview: null,
  }

  it('is its answer, near or far, and of an answer what it answers', async () => {
    const far = apiOf([ping, ...noise, pong])
    assert.equal(await pairedSeq(far, 1, () => true), 402)
    assert.equal(await pairedSeq(far, 402, () => true), 1)
    assert.equal(await pairedSeq(far, 5, () => true), null)
    assert.equal(await pairedSeq(apiOf([ping, ...noise]), 1, () => true), null)
    assert.equal(await pairedSeq(far, 9999, () => true), null)
  })

  it('is looked for as far as its connection, unless a companion request asked', async () => {
    const later = messageRow(250)
    const next = [{ ...later, frame: { ...later.frame, connection: 2 } }, ...noise.slice(249)]
    const rows = [ping, ...noise.slice(0, 248), ...next, pong]
    const api = apiOf(rows)
    assert.equal(await pairedSeq(api, 1, () => true), null)
    assert.equal(api.calls, 2)
    const kind = { kind: 'request', detail: { purpose: 'companion' } }
    const companion = { ...ping, frame: { ...ping.frame, ...kind } } as FrameWithPreview
    assert.equal(await pairedSeq(apiOf([companion, ...rows.slice(1)]), 1, () => true), 402)
  })

  it('is looked for among so many frames and no more', async () => {
    const many = Array.from({ length: 30_000 }, (_, index) => messageRow(index + 2))
    const api = apiOf([ping, ...many])
    assert.deepEqual(await pairedSeq(api, 1, () => true), { lookedTo: 20_201 })
    assert.equal(api.calls, 101)
  })

  it('is what a decoder says', async () => {
    const packet = { protocol: 'json-rpc', type: 'request', level: 'app' } as const
    const asks = { ...messageRow(1), decoded: [{ ...packet, answeredBy: 9 }] }
    const answers = { ...messageRow(9), decoded: [{ ...packet, type: 'result', answers: 1 }] }
    const api = apiOf([asks, answers] as unknown as readonly Row[])
    assert.equal(await pairedSeq(api, 1, () => true), 9)
    assert.equal(await pairedSeq(api, 9, () => true), 1)
  })
})

describe('going to a frame', () => {
  async function openGoTo(frames: number) {
    const opened = await openModel(frames)
    const told: string[] = []
    let details = 0
    const goTo = createGoTo(opened.model, {
      search: new SlowSearch(),
      searched: () => {},
      tell: (sentence) => told.push(sentence),
      openDetail: () => {
        details++
      },
    })
    return { ...opened, goTo, told, details: () => details }
  }

  it('selects it, and opens the detail where its row is not shown', async () => {
    const { model, goTo, told, details } = await openGoTo(100)
    await goTo.frame(40)
    assert.equal(model.selected.index, 39)
    model.shown.setText('7')
    await goTo.frame(40)
    assert.equal(model.selected.hidden, true)
    assert.deepEqual([told, details()], [['The row of frame #40 is not shown.'], 1])
  })

  /** The first answer about a place comes when it is let go. */
  function holdFirst<Args extends unknown[], T>(call: (...args: Args) => Promise<T>) {
    const gate = Promise.withResolvers<void>()
    let asked = 0
    const held = async (...args: Args) => {
      const answer = await call(...args)
      if (++asked === 1) await gate.promise
      return answer
    }
    return { held, letGo: gate.resolve }
  }

  it('leads nowhere else when the answer about another frame comes late', async () => {
    const { model, goTo } = await openGoTo(100)
    const { held, letGo } = holdFirst(model.api.position)
    model.api.position = held
    const left = goTo.frame(40)
    await goTo.frame(70)
    letGo()
    await left
    assert.equal(model.selected.seq, 70)
  })

  it('leads nowhere when another row is selected before its answer comes', async () => {
    const { model, goTo } = await openGoTo(100)
    const { held, letGo } = holdFirst(model.api.position)
    model.api.position = held
    const left = goTo.frame(40)
    model.selection.selectIndex(89)
    letGo()
    await left
    assert.deepEqual([model.selected.seq, model.selected.index], [90, 89])
  })

  it('opens no row for the match of a search that was left', async () => {
    const { model, goTo } = await openGoTo(100)
    await model.selection.selectSeq(10)
    const { rows } = model.api
    const found = holdFirst(async () => ({ rows: [0, 1], partial: false }))
    model.api.positions = found.held
    model.api.rows = ({ find, ...filter }, from, count) => rows(filter, find ? 19 : from, count)
    const left = goTo.error('next')
    await goTo.frame(70)
    found.letGo()
    await left
    assert.equal(model.selected.seq, 70)
  })

  it('says so where there is none', async () => {
    const { goTo, told } = await openGoTo(100)
    await goTo.frame(101)
    await goTo.frame(0)
    await goTo.pair()
    assert.deepEqual(told, [
      'There is no frame #101: the session has 100 frames.',
      'There is no frame #0: the session has 100 frames.',
      'Select a frame first.',
    ])
  })

  it('says how far it has looked for an answer', async () => {
    const { model, goTo, told } = await openGoTo(30_000)
    const { related } = model.api
    model.api.related = async (seq) => {
      const answer = await related(seq)
      const frame = { ...messageRow(seq).frame, kind: 'ping', detail: {} } as never
      return answer && { ...answer, row: { frame, preview: null } }
    }
    const { rows } = model.api
    model.api.rows = (filter, from, count) => rows({ ...filter, text: '' }, from, count)
    await model.selection.selectSeq(1)
    await goTo.pair()
    assert.deepEqual(told, ['No answer came up to frame #20,201, where the search ends.'])
  })

  it('goes to the time of a frame', async () => {
    const { model, goTo } = await openGoTo(100)
    await goTo.time(49)
    assert.equal(model.selected.seq, 50)
  })

  it('says that no error or gap comes any more', async () => {
    const { model, goTo, told } = await openGoTo(100)
    await model.selection.selectSeq(50)
    await goTo.error('next')
    await goTo.gap('previous')
    assert.deepEqual(told, [
      'No error after this frame.',
      'No silence of 1.0 s or more before this frame.',
    ])
    assert.equal(model.selected.seq, 50)
  })
})
