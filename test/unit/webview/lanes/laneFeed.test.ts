// The feed of a lane: what it asks of its session, and when.

import assert from 'node:assert/strict'
import { mock } from 'node:test'
import { afterEach, beforeEach, describe, it } from 'mocha'
import type { SliceWish, TimeSlice } from '../../../../src/shared/session/timeSlice.ts'
import { createLaneFeed, type FedSession } from '../../../../src/webview/lanes/laneFeed.ts'
import { messageRow, settle } from '../../../support/editor/fakeRows.ts'

const time = { fromAt: 0, untilAt: 100, binMs: 1 }
/** The tile in view, and those beside it. */
const tiles = 3

interface Fed {
  filter: FedSession['filter']
  frames: number
  bookmarks: number
  now: number | null
}

function openFeed(answer: (wish: SliceWish) => Partial<TimeSlice> = () => ({})) {
  const fed: Fed = {
    filter: { afterSeq: 0, text: '', wire: false },
    ...{ frames: 10, bookmarks: 0, now: null },
  }
  const wishes: SliceWish[] = []
  const problems: unknown[] = []
  let changes = 0
  let ms = 0
  const feed = createLaneFeed({
    api: {
      slice: async (_filter, wish) => {
        wishes.push(wish)
        const empty = { rows: [], blocks: [], reaching: [], upTo: fed.frames, partial: false }
        return { ...empty, ...answer(wish) }
      },
    },
    session: () => ({ ...fed, isStopped: false }),
    onChange: () => changes++,
    onProblem: (problem) => problems.push(problem),
    own: () => ms,
  })
  async function turns(): Promise<void> {
    for (let turn = 0; turn < 8; turn++) await settle()
  }
  return {
    feed,
    fed,
    wishes,
    problems,
    changes: () => changes,
    want: async () => {
      feed.want(time)
      await turns()
    },
    pass: async (passed: number) => {
      for (let gone = 0; gone < passed; gone += 50) {
        ms += 50
        mock.timers.tick(50)
        await turns()
      }
    },
  }
}

describe('the feed of a lane', () => {
  beforeEach(() => mock.timers.enable({ apis: ['setTimeout'] }))
  afterEach(() => mock.timers.reset())

  it('reads a session that is over once', async () => {
    const { wishes, want, pass } = openFeed()
    await want()
    assert.equal(wishes.length, tiles)
    await pass(3000)
    await want()
    assert.equal(wishes.length, tiles)
  })

  it('forgets what a filter found before the bookmarks changed', async () => {
    const { fed, wishes, want, pass } = openFeed()
    fed.filter = { ...fed.filter, text: 'is:bookmarked' }
    await want()
    fed.bookmarks++
    await pass(200)
    await want()
    assert.equal(wishes.length, 2 * tiles)
    assert.equal(wishes.at(-1)?.afterSeq, 0)
  })

  it('keeps what no filter chooses where the bookmarks change', async () => {
    const { fed, wishes, want, pass } = openFeed()
    await want()
    fed.bookmarks++
    await pass(200)
    await want()
    assert.equal(wishes.length, tiles)
  })

  it('reads what was decoded later, without a picture, from the beginning and once a second', async () => {
    let isDecoded = false
    const { wishes, want, pass, fed } = openFeed(() => ({ undecoded: !isDecoded }))
    fed.now = 50
    await want()
    const before = wishes.length
    for (let frames = 11; frames < 19; frames++) {
      fed.frames = frames
      await pass(100)
      await want()
    }
    const since = wishes.slice(before).map(({ afterSeq }) => afterSeq)
    assert.ok(since.length > 4)
    assert.ok(!since.includes(0))
    isDecoded = true
    await pass(1500)
    assert.ok(wishes.slice(before).some(({ afterSeq }) => afterSeq === 0))
    const then = wishes.length
    await pass(3000)
    assert.equal(wishes.length, then)
  })

  it('reads up to the pause what it has not read when the view is paused', async () => {
    const { fed, wishes, want, pass } = openFeed()
    fed.now = 50
    await want()
    const before = wishes.length
    fed.frames = 12
    await pass(200)
    await want()
    assert.ok(wishes.length > before)
  })

  it('asks nothing once nobody looks, though older frames are unread', async () => {
    const { feed, wishes, want, pass, changes } = openFeed(() => ({ partial: true, upTo: 5 }))
    await want()
    await pass(200)
    assert.ok(wishes.length > tiles)
    feed.rest()
    await pass(200)
    const [asked, told] = [wishes.length, changes()]
    await pass(3000)
    assert.equal(wishes.length, asked)
    assert.equal(changes(), told)
    await want()
    assert.ok(wishes.length > asked)
  })

  it('tells once that a stretch cannot be read, and shows the others', async () => {
    const { feed, problems, want, pass } = openFeed(({ fromAt }) => {
      if (fromAt === 0) throw new Error('damaged')
      return { rows: [messageRow(1)] }
    })
    await want()
    assert.equal(feed.read(time).isWhole, true)
    await pass(5000)
    await want()
    assert.equal(problems.length, 1)
  })
})
