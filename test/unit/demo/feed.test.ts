import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import {
  createRefusalCounter,
  parseDemoQuery,
  refusalMemoryMs,
} from '../../../src/demo/demoQuery.ts'
import { createFeed } from '../../../src/demo/feed.ts'

const startAt = Date.UTC(2026, 10, 20)
const open = (ratePerSecond: number, seed = 7) => createFeed({ seed, ratePerSecond, startAt })

describe('demo feed', () => {
  it('makes the same items from the same seed, and others from another', () => {
    const feeds = [open(10), open(10), open(10, 8)]
    for (const feed of feeds) feed.advance(startAt + 2000)
    const [first, same, other] = feeds.map((feed) => feed.after(0))
    assert.deepEqual(first, same)
    assert.notDeepEqual(first, other)
  })

  it('makes no difference between one step and many', () => {
    const once = open(10)
    const often = open(10)
    once.advance(startAt + 5000)
    for (let ms = 0; ms <= 5000; ms += 7) often.advance(startAt + ms)
    often.advance(startAt + 5000)
    assert.deepEqual(once.after(0), often.after(0))
  })

  it('begins with five items and adds as many as the rate says, without a gap', () => {
    const feed = open(4)
    assert.equal(feed.latestId, 5)
    assert.equal(feed.advance(startAt + 249), 0)
    assert.equal(feed.nextDueAt(), startAt + 250)
    assert.equal(feed.advance(startAt + 1000), 4)
    assert.deepEqual(
      feed.after(0).map((item) => item.id),
      [1, 2, 3, 4, 5, 6, 7, 8, 9],
    )
    assert.deepEqual(
      feed.after(7).map((item) => item.id),
      [8, 9],
    )
    assert.deepEqual(feed.after(9), [])
  })

  it('holds trades and chat, each with the time it was due', () => {
    const feed = open(10)
    feed.advance(startAt + 10_000)
    const kinds = new Set(feed.after(0).map((item) => item.type))
    assert.deepEqual([...kinds].sort(), ['chat', 'trade'])
    assert.equal(feed.after(104).at(-1)?.at, '2026-11-20T00:00:10.000Z')
  })

  it('keeps the order and the number of items where their times are uneven', () => {
    const feed = createFeed({ seed: 7, ratePerSecond: 2, uneven: true, startAt })
    let made = 0
    for (let ms = 0; ms <= 60_000; ms += 50) {
      const due = feed.nextDueAt()
      const more = feed.advance(startAt + ms)
      assert.equal(more > 0, due <= startAt + ms, `after ${ms} ms`)
      made += more
    }
    assert.ok(made >= 118 && made <= 120, String(made))
    const times = feed.after(5).map(({ at }) => Date.parse(at))
    const gaps = times.slice(1).map((at, i) => at - (times[i] ?? at))
    assert.ok(Math.min(...gaps) >= 0)
    assert.ok(Math.max(...gaps) > 700 && Math.min(...gaps) < 300, String(gaps))
    assert.ok(times.every((at, i) => at >= startAt + (i + 1) * 500 - 1))
  })

  it('skips what it could not keep after a long sleep, and counts it', () => {
    const feed = open(100)
    feed.advance(startAt + 3_600_000)
    assert.equal(feed.latestId, 5 + 360_000)
    const kept = feed.after(0)
    assert.ok(kept.length >= 1000 && kept.length <= 2000, String(kept.length))
    assert.equal(feed.after(feed.latestId - 3).length, 3)
  })

  it('gives the newest five to who has no cursor or one from another life', () => {
    const feed = open(1)
    assert.equal(feed.after(null).length, 5)
    assert.deepEqual(feed.after(999), feed.after(null))
  })

  it('takes published chat and makes nothing else at rate 0', () => {
    const feed = open(0)
    assert.equal(feed.nextDueAt(), Number.POSITIVE_INFINITY)
    assert.equal(feed.advance(startAt + 1e9), 0)
    const chat = feed.publish({ from: 'Ada', text: 'Hello' }, startAt + 5)
    assert.deepEqual(chat, {
      type: 'chat',
      id: 6,
      from: 'Ada',
      text: 'Hello',
      at: '2026-11-20T00:00:00.005Z',
    })
    assert.deepEqual(feed.after(5), [chat])
  })
})

describe('demo query', () => {
  const parse = (query: string) => parseDemoQuery(new URLSearchParams(query))

  it('has a default for everything and leaves strange names alone', () => {
    assert.deepEqual(parse('since=4&room=x'), {
      ratePerSecond: 2,
      uneven: 0,
      news: 0,
      dropAfter: null,
      closeCode: null,
      delayMs: 0,
      status: null,
      refusals: 1,
      retryAfterSeconds: 1,
      holdMs: 25_000,
      trickleMs: 0,
      ageSeconds: null,
      pingMs: 15_000,
      retryMs: 2000,
      endAfter: null,
      oddLines: 0,
      etag: 1,
      bufferBytes: 0,
      burst: 1,
      firstByteMs: 0,
      cutMs: null,
      ids: 1,
      resume: 1,
      double: 0,
      fragments: 1,
      pongs: 1,
      paceMs: 30,
      stallMs: 0,
      finish: 1,
      failAfter: null,
      tokens: null,
    })
  })

  const wrong = ['rate=-1', 'rate=fast', 'rate=', 'drop=1.5', 'status=99', 'close=999', 'ping=-1']
  for (const query of wrong) {
    it(`answers ${query} with a sentence`, () => {
      assert.match(
        String(parse(query)),
        /^\S+ must be a (whole )?number from \d+ to \d+, not ".*"\.$/,
      )
    })
  }

  it('refuses the first requests of a URL, whatever its cursor, and again after a quiet time', () => {
    const counter = createRefusalCounter()
    const ask = (path: string, at: number) => {
      const url = new URL(path, 'http://demo.invalid')
      const query = parseDemoQuery(url.searchParams)
      assert.ok(typeof query !== 'string')
      return counter.refuses(url, query, at)
    }
    const path = '/long-poll?status=503&times=2'
    assert.equal(ask(path, 0), true)
    assert.equal(ask(`${path}&since=1`, 1), true)
    assert.equal(ask(`${path}&since=2`, 2), false)
    assert.equal(ask('/poll?status=503&times=2', 3), true)
    assert.equal(ask('/poll', 4), false)
    assert.equal(ask(path, 2 + refusalMemoryMs), false)
    assert.equal(ask(path, 3 + 2 * refusalMemoryMs), true)
  })
})
