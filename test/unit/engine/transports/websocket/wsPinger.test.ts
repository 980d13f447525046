// Pings and their pongs, over a WebSocket that only counts.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import type { Silence } from '../../../../../src/engine/protocols/websocket/wsError.ts'
import {
  createPinger,
  type Pinger,
} from '../../../../../src/engine/transports/websocket/wsPinger.ts'

interface Told {
  readonly pinger: Pinger
  /** Pings that left, as text. */
  readonly pings: string[]
  readonly silences: Silence[]
  read: number
  readonly socket: { readyState: number }
  /** An interval passes. */
  pass(): void
}

function make(intervalMs: number | null): Told {
  const pings: string[] = []
  const silences: Silence[] = []
  const socket = { readyState: 1 }
  let due: (() => void) | null = null
  const told = {
    pings,
    silences,
    read: 0,
    socket,
    pass() {
      const run = due
      due = null
      run?.()
    },
  }
  const pinger = createPinger({
    ws: {
      OPEN: 1,
      get readyState() {
        return socket.readyState as 1
      },
      ping(data: Buffer, _mask?: boolean, done?: (error: Error) => void) {
        pings.push(data.toString())
        pinger.sent(pings.length, data, 100 * pings.length)
        done?.(undefined as unknown as Error)
      },
    },
    intervalMs,
    after(delayMs, run) {
      assert.equal(delayMs, intervalMs)
      due = run
      return () => {
        due = null
      }
    },
    bytesRead: () => told.read,
    onSilence: (silence) => silences.push(silence),
  })
  return Object.assign(told, { pinger })
}

describe('createPinger', () => {
  it('joins a pong with the oldest ping of the same bytes', async () => {
    const { pinger } = make(null)
    for (const text of ['a', '', 'b', '']) await pinger.ping(Buffer.from(text))
    assert.deepEqual(pinger.answered(Buffer.from('a'), 103), { replyTo: 1, rttMs: 3 })
    assert.deepEqual(pinger.answered(Buffer.from(''), 205), { replyTo: 2, rttMs: 5 })
    assert.deepEqual(pinger.answered(Buffer.from(''), 407), { replyTo: 4, rttMs: 7 })
  })

  it('takes the pings before an answered one for answered', async () => {
    const { pinger } = make(null)
    for (const text of ['a', 'b', 'c']) await pinger.ping(Buffer.from(text))
    assert.deepEqual(pinger.answered(Buffer.from('b'), 201), { replyTo: 2, rttMs: 1 })
    assert.deepEqual(pinger.answered(Buffer.from('a'), 202), { replyTo: null })
    assert.deepEqual(pinger.answered(Buffer.from('c'), 302), { replyTo: 3, rttMs: 2 })
  })

  it('knows a pong that nobody asked for', () => {
    assert.deepEqual(make(null).pinger.answered(Buffer.from('x'), 5), { replyTo: null })
  })

  it('forgets the oldest of pings that nobody answers', async () => {
    const { pinger } = make(null)
    for (let i = 0; i < 5000; i++) await pinger.ping(Buffer.from(`${i}`))
    assert.deepEqual(pinger.answered(Buffer.from('0'), 0), { replyTo: null })
    assert.equal(pinger.answered(Buffer.from('4999'), 0).replyTo, 5000)
  })

  it('refuses more than a control frame carries, and what is not open', async () => {
    const { pinger, socket } = make(null)
    await pinger.ping(Buffer.alloc(125))
    await assert.rejects(pinger.ping(Buffer.alloc(126)), { code: 'ping-too-long' })
    socket.readyState = 2
    await assert.rejects(pinger.ping(Buffer.alloc(0)), { code: 'not-open' })
  })

  it('pings by interval while pongs come', () => {
    const { pinger, pings, silences, pass } = make(1000)
    for (let i = 1; i <= 3; i++) {
      pass()
      assert.equal(pings.length, i)
      pinger.answered(Buffer.from(pings.at(-1) ?? ''), 0)
    }
    assert.deepEqual(pings, ['lifeline 1', 'lifeline 2', 'lifeline 3'])
    pinger.stop()
    pass()
    assert.equal(pings.length, 3)
    assert.deepEqual(silences, [])
  })

  it('tells of silence when an interval brings nothing at all', () => {
    const { pings, silences, pass } = make(1000)
    pass()
    pass()
    const told = [{ waitedMs: 1000, talking: false }]
    assert.deepEqual([pings.length, silences], [1, told])
    pass()
    assert.deepEqual([pings.length, silences], [1, told])
  })

  it('gives a peer that sends something else one more interval', () => {
    const told = make(1000)
    told.pass()
    told.read = 50
    told.pass()
    assert.deepEqual(told.silences, [])
    told.read = 90
    told.pass()
    assert.deepEqual([told.pings.length, told.silences], [1, [{ waitedMs: 2000, talking: true }]])
  })

  it('is content with a pong for a later ping by hand', async () => {
    const { pinger, pings, silences, pass } = make(1000)
    pass()
    await pinger.ping(Buffer.from('by hand'))
    pinger.answered(Buffer.from('by hand'), 250)
    pass()
    assert.deepEqual(silences, [])
    assert.deepEqual(pings, ['lifeline 1', 'by hand', 'lifeline 2'])
  })
})
