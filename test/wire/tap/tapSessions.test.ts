// Lifeline itself as the program of a tap: what its session records of each method is what the tap records, too.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import type { Endpoint } from '../../../src/shared/endpoint/endpoint.ts'
import type { Frame } from '../../../src/shared/frame/frame.ts'
import { comesTo, eventually } from '../../support/eventually.ts'
import { testEndpoint, texts } from '../../support/samples/testEndpoint.ts'
import { useDemoServer } from '../../support/servers/useDemoServer.ts'
import { type RunOptions, runSession } from '../../support/sessions/runSession.ts'
import { startTap, type TapSession } from '../../support/tap/tapSession.ts'

const kinds: ReadonlySet<Frame['kind']> = new Set([
  ...([
    'request',
    'response',
    'event',
    'comment',
    'retry',
    'record',
    'message',
    'fragment',
  ] as const),
  ...(['ping', 'pong', 'close'] as const),
])

/** What both sides see alike; the last frames of a session may not have come to both. */
function told(frames: readonly Frame[], text: (frame: Frame) => string | null): string[] {
  return frames
    .filter(({ kind }) => kinds.has(kind))
    .map((frame) => `${frame.direction} ${frame.kind} ${frame.sizeBytes} ${text(frame)}`)
}

describe('a session of Lifeline through a tap', () => {
  const demo = useDemoServer()

  async function runThrough(
    path: string,
    fields: Pick<Endpoint, 'method'> & Partial<Endpoint>,
    options: RunOptions,
  ): Promise<{
    readonly tap: TapSession
    readonly own: readonly string[]
    readonly seen: readonly string[]
  }> {
    const tap = startTap(demo.url)
    await eventually('the tap listens', () => tap.session.status().listening !== null)
    const url = `${tap.session.status().listening}${path}`
    const run = await runSession(testEndpoint({ ...fields, url }), options)
    await comesTo(
      () => told(tap.frames, tap.text).length >= told(run.frames, run.text).length,
      true,
    )
    await tap.stop()
    assert.deepEqual(tap.faults, [])
    return { tap, own: told(run.frames, run.text), seen: told(tap.frames, tap.text) }
  }

  /** Nothing of what the session has seen is missing or otherwise in the tap. */
  function assertSeen(own: readonly string[], seen: readonly string[]): void {
    const least = own.length - 1
    assert.ok(least > 5, String(own.length))
    assert.deepEqual(seen.slice(0, least), own.slice(0, least))
  }

  it('polls: the same answers, in a rhythm that the tap finds', async () => {
    let polls = 0
    const { tap, own, seen } = await runThrough(
      '/poll',
      { method: 'polling', intervalMs: 100 },
      { until: ({ kind }) => kind === 'response' && ++polls === 6 },
    )
    assertSeen(own, seen)
    assert.deepEqual(new Set(tap.all('request').map(({ connection }) => connection)), new Set([1]))
    assert.equal(tap.all('request').at(-1)?.detail.purpose, 'poll')
    const { detail } = tap.all('response').at(-1) ?? {}
    assert.equal(typeof detail?.changed, 'boolean')
  })

  it('long-polls: the same answers, and how long each was held', async () => {
    let polls = 0
    const { tap, own, seen } = await runThrough(
      '/long-poll?rate=1',
      {
        method: 'long-polling',
        cursor: { from: { kind: 'json', path: 'cursor' }, to: { kind: 'query', name: 'since' } },
      },
      { until: ({ kind }) => kind === 'response' && ++polls === 5 },
    )
    assertSeen(own, seen)
    assert.ok(
      tap
        .all('response')
        .some(({ detail }) => detail.purpose === 'long-poll' && detail.holdMs !== undefined),
    )
  })

  it('streams: the same events, with their IDs, till the program leaves', async () => {
    let events = 0
    const { tap, own, seen } = await runThrough(
      '/sse?rate=20',
      { method: 'sse' },
      { until: ({ kind }) => kind === 'event' && ++events === 8 },
    )
    assertSeen(own, seen)
    assert.equal(tap.all('request')[0]?.detail.purpose, 'stream')
    const { addedMs } = tap.session.status()
    assert.ok(addedMs !== null && addedMs !== undefined && addedMs > 0, `${addedMs} ms`)
    assert.ok(tap.all('notice').some(({ code }) => code === 'tap-client-left'))
  })

  for (const compression of ['deflated', 'plain'] as const) {
    it(`speaks WebSocket, ${compression}: the same messages of both ways, and its close`, async () => {
      let messages = 0
      const { tap, own, seen } = await runThrough(
        '/ws?rate=20',
        {
          method: 'websocket',
          send: texts('{"op":"subscribe","symbol":"BTC-EUR"}'),
          ...(compression === 'plain' && { compression: null }),
        },
        {
          until: ({ kind, direction }) =>
            kind === 'message' && direction === 'in' && ++messages === 6,
        },
      )
      // Both ways are told in the order of their own.
      for (const way of ['in', 'out']) {
        const of = (lines: readonly string[]) =>
          lines.filter((line) => line.startsWith(`${way} `) && !line.includes(' close '))
        const least = of(own).length - 1
        assert.deepEqual(of(seen).slice(0, least), of(own).slice(0, least))
      }
      assert.equal(tap.all('close').length, 2)
      assert.equal(tap.all('request')[0]?.detail.purpose, 'handshake')
    })
  }

  it('keeps the sum of what the wire took', async () => {
    let polls = 0
    const { tap } = await runThrough(
      '/poll',
      { method: 'polling', intervalMs: 100 },
      { until: ({ kind }) => kind === 'response' && ++polls === 3 },
    )
    const { wireBytesIn, wireBytesOut } = tap.session.status().statistics
    const sum = (way: Frame['direction']) =>
      tap.frames.reduce((total, one) => total + (one.direction === way ? one.wireBytes : 0), 0)
    assert.deepEqual([sum('in'), sum('out')], [wireBytesIn, wireBytesOut])
  })
})
