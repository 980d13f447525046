// The same feed, four ways: the command that the demo server offers finds the same items in each.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { after, before, describe, it } from 'mocha'
import { type DemoServer, startDemoServer } from '../../../src/demo/demoServer.ts'
import type { ComparedMethod } from '../../../src/shared/comparison/comparison.ts'
import { runCommand } from '../../support/sessions/commandLine.ts'

/** So long after each session has its connection the feed begins: the WebSocket subscribes meanwhile. */
const quietMs = 1000

describe('the same feed, four ways', function () {
  this.timeout(60_000)
  let demo: DemoServer
  let words: string[] = []
  let connections = 0
  let beginsAt = Number.POSITIVE_INFINITY
  const countConnection = () => {
    if (++connections === 4) beginsAt = Date.now() + quietMs
  }
  before(async () => {
    const startAt = Date.now()
    const now = () => startAt + Math.max(0, Date.now() - beginsAt)
    demo = await startDemoServer({ port: 0, host: '127.0.0.1', seed: 7, now })
    words = await offeredWords()
    subscribe('net.server.socket', countConnection)
  })
  after(async () => {
    unsubscribe('net.server.socket', countConnection)
    await demo.close()
  })

  it('carries the same items by each, and says so by its own command', async () => {
    const { stdout, stderr, status } = await runCommand(
      ...words,
      ...['--for', '10s', '--format', 'json'],
    )
    assert.deepEqual([stderr, status], ['', 0])
    const compared = JSON.parse(stdout) as ComparedMethod[]
    const [polling, longPolling, sse, webSocket] = compared
    assert.ok(polling && longPolling && sse && webSocket && compared.length === 4)
    for (const { name, news, missed, duplicates } of compared) {
      assert.deepEqual([missed, duplicates], [0, 0], name)
      assert.ok(news >= 3, `${name}: ${news}`)
    }
    // The last item may come between the ends of two sessions.
    assert.ok(Math.abs(sse.news - webSocket.news) <= 1)
    assert.ok(sse.news - polling.news <= 2 && sse.news - longPolling.news <= 1)
    assert.ok((polling.freshnessMs?.p50 ?? 0) > (sse.freshnessMs?.p50 ?? Number.POSITIVE_INFINITY))
    assert.ok(polling.requests > longPolling.requests && longPolling.requests > sse.requests)
    assert.equal(webSocket.sent, 2)
  })

  /** What stands behind `npx lifeline`, as a shell reads it. */
  async function offeredWords(): Promise<string[]> {
    const answer = await fetch(demo.url, { headers: { Accept: 'application/json' } })
    const { sameFeed } = (await answer.json()) as { sameFeed: { compare: string } }
    const typed = sameFeed.compare.replace(/^npx lifeline /, "printf '%s\\0' ")
    const words = execFileSync('/bin/sh', ['-c', typed], { encoding: 'utf8' })
    return words.split('\0').slice(0, -1)
  }
})
