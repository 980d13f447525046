// Sessions in their own threads, compared as the page does it: by pieces, against a server that counts for itself.

import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'mocha'
import { compareInSteps } from '../../../src/shared/comparison/compareLanes.ts'
import type { ComparedMethod } from '../../../src/shared/comparison/comparison.ts'
import { finish } from '../../../src/shared/comparison/sortedNumbers.ts'
import { defaultLimits } from '../../../src/shared/limits.ts'
import { parseEndpoint } from '../../../src/shared/profile/parseEndpoint.ts'
import { createJoinedSessions } from '../../../src/webview/together/comparison/joinedSessions.ts'
import { createPlaceGuess } from '../../../src/webview/together/comparison/placeGuess.ts'
import { eventually } from '../../support/eventually.ts'
import {
  heldMs,
  type KnownFeed,
  leftOutEvery,
  startKnownFeed,
  twiceEvery,
  type Way,
} from '../../support/servers/knownFeed.ts'
import { socketBytes } from '../../support/servers/listenLocally.ts'
import { startWorkerSession, type WorkerSession } from '../../support/sessions/workerSession.ts'

const ways = ['poll', 'hold', 'sse', 'ws'] as const
const methods = { poll: 'polling', hold: 'long-polling', sse: 'sse', ws: 'websocket' } as const
/** The last one is left out by none. */
const published = 62

function endpointOf(way: Way, port: number) {
  const scheme = way === 'ws' ? 'ws' : 'http'
  const entry = { url: `${scheme}://127.0.0.1:${port}/${way}`, method: methods[way] }
  const parsed = parseEndpoint(way === 'poll' ? { ...entry, interval: '200ms' } : entry)
  assert.ok(parsed.ok)
  return parsed.value
}

/** By nearest rank. */
function quantile(values: Iterable<number>, share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN
}

/** Of each item how long after its origin its first frame was recorded, read from the frames one by one. */
async function delaysOf({ rows, payload }: WorkerSession['remote']): Promise<Map<number, number>> {
  const delays = new Map<number, number>()
  const incoming = { afterSeq: 0, text: 'dir:in', wire: false }
  let page = await rows(incoming, 0, 1000)
  while (page.partial) page = await rows(incoming, 0, 1000)
  for (const { frame } of page.rows) {
    if (!['response', 'event', 'message'].includes(frame.kind) || frame.sizeBytes === 0) continue
    const text = new TextDecoder().decode((await payload(frame.seq, 0, 1_000_000)).bytes)
    const { items, ...item } = JSON.parse(text)
    for (const { id, at } of items ?? [item]) {
      if (!delays.has(id)) delays.set(id, frame.at - at)
    }
  }
  return delays
}

describe('sessions in their threads, compared by pieces', function () {
  this.timeout(60_000)
  let feed: KnownFeed
  let workers: readonly WorkerSession[] = []

  beforeEach(async () => {
    feed = await startKnownFeed()
  })
  afterEach(async () => {
    await Promise.all(workers.map((worker) => worker.close()))
    await feed.close()
  })

  async function watch(): Promise<void> {
    workers = ways.map(() => startWorkerSession(assert.ifError))
    for (const [index, way] of ways.entries()) {
      const endpoint = endpointOf(way, feed.port)
      await workers[index]?.remote.start({
        ...{ name: way, endpoint, resolved: endpoint, secrets: [], limits: defaultLimits },
        ...{ network: { proxyUrl: null, caPems: null }, capturePath: null },
      })
    }
    for (const { remote } of workers) {
      await eventually('it is connected', async () => (await remote.status()).state === 'open')
    }
  }

  const apis = () => workers.map(({ remote }) => remote)

  async function compare(): Promise<readonly ComparedMethod[]> {
    const guess = createPlaceGuess()
    await guess.look(apis())
    assert.deepEqual(guess.places, { item: 'id', time: 'at' })
    const sessions = ways.map((way, index) => ({
      ...{ api: apis()[index] as WorkerSession['remote'], name: way, method: methods[way] },
    }))
    const joined = createJoinedSessions(sessions, guess.places)
    while (!(await joined.readOn(1000))) assert.notEqual(joined.lanes.length, 0)
    return finish(compareInSteps(joined.lanes, joined.join, joined.places)).methods
  }

  it('agree with what the server counted, also while they run', async () => {
    await watch()
    await feed.publish(published, 20)
    const running = await compare()
    await Promise.all(workers.map(({ remote }) => remote.stop()))
    const ended = await compare()
    for (const [index, way] of ways.entries()) {
      const [now, measured] = [running[index], ended[index]]
      assert.ok(now && measured)
      assert.deepEqual([now.items, now.missed], [measured.items, measured.missed], way)
      const { in: sent, out: received } = socketBytes(feed.sockets[way])
      assert.deepEqual([measured.wireBytesOut, measured.wireBytesIn], [sent, received], way)
      assert.equal(measured.payloadBytes, feed.payloadBytes[way], way)
      assert.equal(measured.connections, feed.sockets[way].size)
      const recorded = await delaysOf(apis()[index] as WorkerSession['remote'])
      for (const [name, share] of [
        ['p50', 0.5],
        ['p95', 0.95],
        ['max', 1],
      ] as const) {
        const known = quantile(recorded.values(), share)
        assert.ok(Math.abs((measured.freshnessMs?.[name] ?? 0) - known) < 0.1, `${way} ${name}`)
      }
      // On a machine that is busy elsewhere some may be late, and not all.
      const late = [...recorded].map(([id, ms]) => ms - (feed.delays[way].get(id) ?? 0))
      assert.ok(Math.min(...late) > -1 && Math.min(...late) <= 2, `${way}: ${Math.min(...late)}`)
    }
    const [poll, hold, sse, ws] = ended
    assert.ok(poll && hold && sse && ws)
    assert.deepEqual([poll.requests, poll.emptyAnswers], [feed.polls.count, feed.polls.empty])
    const leftOut = Math.floor(published / leftOutEvery)
    assert.deepEqual(
      [poll, hold, sse, ws].map(({ items, news, missed, duplicates }) => [
        ...[items, news, missed, duplicates],
      ]),
      [
        [published, published, 0, 0],
        [published, published, 0, 0],
        [published - leftOut, published - leftOut, leftOut, 0],
        [published, published, 0, Math.floor(published / twiceEvery)],
      ],
    )
    assert.ok((sse.behindMs?.p50 ?? 0) >= heldMs - 2)
  })

  it('agree when a stream breaks off and comes back without what came meanwhile', async () => {
    /** As above, the last one is left out by none. */
    const half = 21
    await watch()
    await feed.publish(half, 20)
    feed.drop()
    await feed.publish(half, 20)
    // On a busy machine the last ones come at one instant, and what is not there may still come.
    await new Promise((resolve) => setTimeout(resolve, 1500))
    await Promise.all(workers.map(({ remote }) => remote.stop()))
    for (const [index, measured] of (await compare()).entries()) {
      const way = ways[index] ?? 'sse'
      const { in: sent, out: received } = socketBytes(feed.sockets[way])
      assert.deepEqual([measured.wireBytesOut, measured.wireBytesIn], [sent, received], way)
      assert.equal(measured.payloadBytes, feed.payloadBytes[way], way)
      assert.equal(measured.connections, feed.sockets[way].size, way)
      const seen = feed.delays[way].size
      assert.deepEqual([measured.items, measured.missed], [seen, 2 * half - seen], way)
      assert.equal(measured.reconnects, way === 'sse' ? 1 : 0, way)
    }
    assert.ok(
      feed.delays.sse.size < 2 * half - Math.floor((2 * half) / leftOutEvery),
      'some came while it was away',
    )
  })
})
