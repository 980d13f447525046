// The overview as the page pulls it.

import assert from 'node:assert/strict'
import { mock } from 'node:test'
import { afterEach, beforeEach, describe, it } from 'mocha'
import type { TimelineApi } from '../../../../src/shared/calls/messages.ts'
import {
  createOverviewFeed,
  type WantedOverview,
} from '../../../../src/webview/strip/overviewFeed.ts'
import { overviewOf } from './overviewOf.ts'

const overview = overviewOf({ framesIn: [1, 1], firstSeq: [1, 2] })

/** `answers`: how far each call of the analysis comes. */
function startFeed(answers: readonly number[], frames: number, text = '') {
  const asked: string[] = []
  let left = [...answers]
  let changed = () => {}
  let want: WantedOverview | null = {
    sessionId: 's',
    frames,
    filter: { afterSeq: 0, text, wire: false },
    bookmarks: 0,
    isStopped: false,
  }
  const api = {
    analysis: async () => {
      asked.push('analysis')
      const upTo = left.shift() ?? want?.frames ?? 0
      return { result: overview, upTo, complete: upTo >= (want?.frames ?? 0) }
    },
    positions: async (_: unknown, seqs: readonly number[]) => {
      asked.push(`positions ${seqs.join(' ')}`)
      return { rows: seqs.map((seq) => seq - 1), partial: false }
    },
  } as unknown as Pick<TimelineApi, 'analysis' | 'positions'>
  const feed = createOverviewFeed({ api, wanted: () => want, onChange: () => changed() })
  return {
    feed,
    asked,
    set: (next: Partial<WantedOverview> | null, more: readonly number[] = []) => {
      want = next === null ? null : { ...(want as WantedOverview), ...next }
      left = [...more]
    },
    change: () =>
      new Promise<void>((resolve) => {
        changed = resolve
      }),
  }
}

describe('the feed of the overview', () => {
  /** How long each call waited, on a clock that stands. */
  let waits: number[]
  beforeEach(() => {
    waits = []
    const { setTimeout } = globalThis
    mock.method(performance, 'now', () => 1000)
    mock.method(globalThis, 'setTimeout', (run: () => void, ms: number) => {
      waits.push(ms)
      return setTimeout(run)
    })
  })
  afterEach(() => mock.restoreAll())

  it('asks again at once while older frames are read, and no more when all are', async () => {
    const { feed, asked, change } = startFeed([10, 20, 30], 30)
    feed.refresh()
    while (feed.upTo < 30) await change()
    assert.equal(feed.partial, false)
    assert.deepEqual(waits, [0, 0, 0])
    feed.refresh()
    assert.deepEqual(asked, ['analysis', 'analysis', 'analysis'])
  })

  it('asks for a session that goes on four times a second at the most', async () => {
    const { feed, set, change } = startFeed([], 1)
    feed.refresh()
    await change()
    set({ frames: 2 })
    feed.refresh()
    feed.refresh()
    await change()
    assert.equal(feed.upTo, 2)
    assert.deepEqual(waits, [0, 250])
  })

  it('tells where the matches of a filter are, and none without one', async () => {
    const { feed, asked, set, change } = startFeed([], 5, 'x')
    feed.refresh()
    await change()
    assert.deepEqual(asked, ['analysis', 'positions 1 2 6'])
    assert.deepEqual([...(feed.matches ?? [])], [1, 4])
    set({ filter: { afterSeq: 0, text: '', wire: false } })
    feed.refresh()
    await change()
    assert.equal(feed.matches, null)
  })

  it('asks for the matches of a filter again once bookmarks are others, and without one not', async () => {
    const filtered = startFeed([], 5, 'bookmarked')
    const plain = startFeed([], 5)
    for (const { feed, change } of [filtered, plain]) {
      feed.refresh()
      await change()
    }
    const changed = filtered.change()
    for (const { feed, set } of [filtered, plain]) {
      set({ bookmarks: 1 })
      feed.refresh()
    }
    await changed
    assert.equal(filtered.asked.length, 4)
    assert.equal(plain.asked.length, 1)
  })

  it('keeps the matches of a search that was stopped, and asks for no more until it goes on', async () => {
    const { feed, asked, set, change } = startFeed([], 5, 'x')
    feed.refresh()
    await change()
    for (const frames of [6, 7]) {
      set({ frames, isStopped: true })
      feed.refresh()
      await change()
    }
    const positions = () => asked.filter((call) => call.startsWith('positions'))
    assert.deepEqual(positions(), ['positions 1 2 6'])
    assert.deepEqual([...(feed.matches ?? [])], [1, 4], 'none of the frames that came since')
    set({ isStopped: false })
    feed.refresh()
    await change()
    assert.deepEqual(positions(), ['positions 1 2 6', 'positions 1 2 8'])
  })

  it('asks nothing while nobody looks', async () => {
    const { feed, asked, set, change } = startFeed([], 5)
    set(null)
    feed.refresh()
    assert.deepEqual(asked, [])
    set({
      sessionId: 's',
      frames: 1,
      filter: { afterSeq: 0, text: '', wire: false },
      bookmarks: 0,
      isStopped: false,
    })
    feed.refresh()
    await change()
    assert.deepEqual(asked, ['analysis'])
  })
})
