// Rules of the doctor: handshakes, messages and signs of life of a WebSocket.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import type { FrameDetails } from '../../../../../src/shared/frame/frame.ts'
import { createTraffic, type Traffic } from '../../../../support/doctor/traffic.ts'

function open(): Traffic {
  const traffic = createTraffic()
  traffic.webSocket()
  return traffic
}

describe('the rule ws-handshake-200', () => {
  it('is a fault before a WebSocket was open, a risk afterwards', () => {
    const traffic = createTraffic()
    traffic.request('handshake')
    const head = traffic.response({ status: 200 })
    const error = traffic.error('ws-handshake-refused')
    const found = traffic.finding('ws-handshake-200')
    assert.deepEqual([found?.severity, found?.frames], ['fault', [head, error]])
    const later = open()
    lose(later)
    later.request('handshake')
    later.response({ status: 502, headers: [['Server', 'nginx']] })
    later.error('ws-handshake-refused')
    assert.equal(later.finding('ws-handshake-200')?.severity, 'risk')
  })

  it('is silent about 101', () => {
    assert.equal(open().finding('ws-handshake-200'), undefined)
  })
})

function lose(traffic: Traffic): void {
  traffic.error('ws-abnormal-closure')
  traffic.reconnect()
}

describe('the rules ws-subprotocol, ws-mask and ws-control', () => {
  const rows = [
    ['ws-subprotocol', 'Server sent no subprotocol'],
    ['ws-mask', 'WS_ERR_UNEXPECTED_MASK'],
    ['ws-control', 'WS_ERR_INVALID_CONTROL_PAYLOAD_LENGTH'],
  ] as const

  for (const [id, cause] of rows) {
    it(`name by the client’s refusal what is wrong: ${id}`, () => {
      const traffic = open()
      const seq = traffic.error('ws-protocol-error', { cause })
      const ids = traffic.findings().findings.map((one) => one.id)
      assert.deepEqual(
        ids.filter((one) => rows.some(([known]) => known === one)),
        [id],
      )
      const found = traffic.finding(id)
      assert.deepEqual([found?.severity, found?.frames], ['fault', [seq]])
    })
  }
})

describe('the rule ws-fragments', () => {
  const send = (traffic: Traffic, fragments: number, sizeBytes: number) =>
    traffic.message('', { sizeBytes }, { fragments })

  it('is a hint where a fifth of the messages is small and in three frames', () => {
    const traffic = open()
    for (let i = 0; i < 25; i++) send(traffic, i % 5 === 0 ? 3 : 1, 500)
    const found = traffic.finding('ws-fragments')
    assert.deepEqual([found?.severity, found?.measured], ['hint', 0.2])
  })

  it('is silent where they are large, or few', () => {
    const traffic = open()
    for (let i = 0; i < 25; i++) send(traffic, 3, 100_000)
    assert.equal(traffic.finding('ws-fragments'), undefined)
    const few = open()
    for (let i = 0; i < 5; i++) send(few, 3, 500)
    assert.equal(few.finding('ws-fragments'), undefined)
  })
})

describe('the rule ws-large', () => {
  it('is a hint above 1 MiB, a risk above 16 MiB, and silent up to there', () => {
    const MiB = 1024 * 1024
    for (const [sizeBytes, severity] of [
      [MiB, undefined],
      [2 * MiB, 'hint'],
      [17 * MiB, 'risk'],
    ] as const) {
      const traffic = open()
      traffic.message('', { sizeBytes })
      assert.equal(traffic.finding('ws-large')?.severity, severity)
    }
  })
})

describe('the rule ws-deflate-useless', () => {
  const found = (sizeBytes: number, wireBytes: number, compressed = true) => {
    const traffic = open()
    for (let i = 0; i < 100; i++) traffic.message('', { sizeBytes, wireBytes }, { compressed })
    return traffic.finding('ws-deflate-useless')
  }

  it('is a hint where nothing is saved, or messages are tiny', () => {
    assert.equal(found(1000, 990)?.severity, 'hint')
    assert.equal(found(30, 20)?.severity, 'hint')
  })

  it('is silent where it saves, and without compression', () => {
    assert.equal(found(1000, 200), undefined)
    assert.equal(found(1000, 1000, false), undefined)
  })
})

describe('the rule ws-deflate-missing', () => {
  const deflate = ['Sec-WebSocket-Extensions', 'permessage-deflate'] as const

  it('is a hint where much JSON comes plain', () => {
    const traffic = createTraffic()
    const head = traffic.webSocket([], [deflate])
    for (let i = 0; i < 10; i++) traffic.message('{"a": 1}', { sizeBytes: 100_000 })
    const found = traffic.finding('ws-deflate-missing')
    assert.deepEqual([found?.severity, found?.frames], ['hint', [head]])
  })

  it('is silent where it was not offered, or is agreed on', () => {
    for (const [headers, asked] of [
      [[], []],
      [[deflate], [deflate]],
    ] as const) {
      const traffic = createTraffic()
      traffic.webSocket(headers, asked)
      for (let i = 0; i < 10; i++) traffic.message('{"a": 1}', { sizeBytes: 100_000 })
      assert.equal(traffic.finding('ws-deflate-missing'), undefined)
    }
  })
})

describe('the rule ws-pong-missing', () => {
  it('is a risk after five seconds, while it waits and afterwards', () => {
    const traffic = open()
    const ping = traffic.ping({ direction: 'out' })
    assert.equal(traffic.finding('ws-pong-missing', 4000), undefined)
    const waiting = traffic.finding('ws-pong-missing', 6000)
    assert.deepEqual([waiting?.severity, waiting?.frames], ['risk', [ping]])
    traffic.wait(7000).pong(7000)
    assert.equal(traffic.finding('ws-pong-missing')?.measured, 7000)
  })

  it('is a fault where the connection was given up for it', () => {
    const traffic = open()
    traffic.ping({ direction: 'out' })
    traffic.wait(4000).error('ws-no-pong')
    assert.equal(traffic.finding('ws-pong-missing')?.severity, 'fault')
  })

  it('is silent about pongs in time, and pings of the server', () => {
    const traffic = open()
    for (let i = 0; i < 5; i++) {
      traffic.ping({ direction: 'out' })
      traffic.wait(30).pong(30)
      traffic.wait(10_000).ping()
    }
    traffic.wait(20_000)
    assert.equal(traffic.finding('ws-pong-missing', 20_000), undefined)
  })
})

describe('the rule ws-rtt-drift', () => {
  const pongs = (traffic: Traffic, count: number, rttMs: number) => {
    for (let i = 0; i < count; i++) traffic.wait(1000).pong(rttMs)
  }

  it('is a risk where round trips become five times as long', () => {
    const traffic = open()
    pongs(traffic, 30, 50)
    pongs(traffic, 10, 400)
    const found = traffic.finding('ws-rtt-drift')
    assert.deepEqual([found?.severity, found?.measured, found?.frameCount], ['risk', 400, 10])
  })

  it('is silent about one that is late, and about short ones', () => {
    const traffic = open()
    pongs(traffic, 30, 50)
    pongs(traffic, 1, 900)
    assert.equal(traffic.finding('ws-rtt-drift'), undefined)
    const short = open()
    pongs(short, 20, 2)
    pongs(short, 20, 20)
    assert.equal(short.finding('ws-rtt-drift'), undefined)
  })
})

describe('the rule ws-no-heartbeat', () => {
  it('is a hint after half a minute of nothing, a risk after a minute', () => {
    const traffic = open()
    const before = traffic.message('1')
    const after = traffic.wait(40_000).message('2', { direction: 'out' })
    const found = traffic.finding('ws-no-heartbeat')
    assert.deepEqual([found?.severity, found?.frames], ['hint', [before, after]])
    assert.equal(traffic.finding('ws-no-heartbeat', 61_000)?.severity, 'risk')
  })

  it('is silent where anything crosses', () => {
    const traffic = open()
    const kinds = ['ping', 'pong'] as const
    for (let i = 0; i < 8; i++)
      traffic.wait(20_000).frame(kinds[i % 2] ?? 'ping', {} as FrameDetails['ping'])
    assert.equal(traffic.finding('ws-no-heartbeat', 20_000), undefined)
  })
})
