// Rules of the doctor: the ways in which a WebSocket ends.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createTraffic, type Traffic } from '../../../../support/doctor/traffic.ts'

function lose(traffic: Traffic): number {
  return traffic.error('ws-abnormal-closure', { closeCode: 1006 })
}

/** The server closes after a while with messages; the session comes back or ends. */
function closed(code: number, comesBack: boolean, times = 1, ageMs = 10_000): Traffic {
  const traffic = createTraffic()
  for (let i = 0; i < times; i++) {
    traffic.webSocket()
    traffic.message('hello')
    traffic.wait(ageMs)
    traffic.close(code)
    if (comesBack) traffic.reconnect()
    else traffic.end('error')
  }
  return traffic
}

describe('the doctor', () => {
  it('has nothing to say about a WebSocket that is closed in order', () => {
    const traffic = createTraffic()
    traffic.webSocket()
    traffic.message('x'.repeat(100_000), { direction: 'out' })
    traffic.message('got it')
    traffic.close(1000, 'client')
    traffic.frame('close', { code: 1000, reason: '', by: 'client', replyMs: 3 }, { replyTo: 5 })
    traffic.end('user')
    assert.deepEqual(traffic.findings().findings, [])
  })
})

describe('the rule ws-1006', () => {
  it('is a risk where the session comes back, a fault where it ends', () => {
    const traffic = createTraffic()
    traffic.webSocket()
    const seq = lose(traffic)
    traffic.reconnect()
    const found = traffic.finding('ws-1006')
    assert.deepEqual([found?.severity, found?.frames], ['risk', [seq]])
    traffic.webSocket()
    lose(traffic)
    traffic.end('error')
    assert.equal(traffic.finding('ws-1006')?.severity, 'fault')
  })

  it('is silent about a close frame', () => {
    assert.equal(closed(1001, true).finding('ws-1006'), undefined)
  })
})

describe('the rule ws-1009', () => {
  it('is a fault by the code, with the message before it', () => {
    const traffic = createTraffic()
    traffic.webSocket()
    const message = traffic.message('x'.repeat(5000), { direction: 'out' })
    const close = traffic.wait(50).close(1009)
    traffic.end('error')
    const found = traffic.finding('ws-1009')
    assert.deepEqual([found?.severity, found?.frames], ['fault', [message, close]])
    assert.match(found?.sentence ?? '', /5\.0 kB/)
  })

  it('is a hint where a large message goes before a loss, and silent before a normal close', () => {
    for (const [end, severity] of [
      [lose, 'hint'],
      [(traffic: Traffic) => traffic.close(1000), undefined],
    ] as const) {
      const traffic = createTraffic()
      traffic.webSocket()
      traffic.message('x'.repeat(40_000), { direction: 'out' })
      traffic.wait(50)
      end(traffic)
      traffic.end('server')
      assert.equal(traffic.finding('ws-1009')?.severity, severity)
    }
  })
})

describe('the rule ws-1011', () => {
  it('is a risk, a fault where the session ends, and silent about another code', () => {
    assert.equal(closed(1011, true).finding('ws-1011')?.severity, 'risk')
    assert.equal(closed(1011, false).finding('ws-1011')?.severity, 'fault')
    assert.equal(closed(1000, false).finding('ws-1011'), undefined)
  })
})

describe('the rule ws-1012-1013', () => {
  it('is a hint for a restart that is over, else a risk', () => {
    assert.deepEqual(
      closed(1012, true)
        .findings()
        .findings.map(({ id, severity }) => [id, severity]),
      [['ws-1012-1013', 'hint']],
    )
    assert.equal(closed(1013, true).finding('ws-1012-1013')?.severity, 'risk')
    assert.equal(closed(1012, false).finding('ws-1012-1013')?.severity, 'risk')
  })

  it('is silent about a server that goes away', () => {
    assert.equal(closed(1001, true).finding('ws-1012-1013'), undefined)
  })
})

describe('the rule ws-1008-auth', () => {
  it('is a risk after two equal ages, a hint after one that ended the session', () => {
    assert.equal(closed(4401, true, 2, 60_000).finding('ws-1008-auth')?.severity, 'risk')
    assert.equal(closed(1008, false).finding('ws-1008-auth')?.severity, 'hint')
  })

  it('is silent after one that came back', () => {
    assert.equal(closed(1008, true).finding('ws-1008-auth'), undefined)
  })
})

describe('the rule ws-1002-1007', () => {
  it('is a fault by the server’s code, and by its frames and text', () => {
    assert.equal(closed(1002, false).finding('ws-1002-1007')?.severity, 'fault')
    for (const [code, cause] of [
      ['ws-protocol-error', 'WS_ERR_UNEXPECTED_RSV_1'],
      ['ws-invalid-utf8', 'WS_ERR_INVALID_UTF8'],
    ] as const) {
      const traffic = createTraffic()
      traffic.webSocket()
      traffic.error(code, { cause })
      traffic.end('error')
      assert.equal(traffic.finding('ws-1002-1007')?.severity, 'fault')
    }
  })

  it('speaks of the answer to the handshake where that is what the client refused', () => {
    const traffic = createTraffic()
    traffic.request('handshake', { url: 'ws://example.com/ws' })
    const seq = traffic.response({ status: 101, refused: true })
    traffic.error('ws-protocol-error', { cause: 'Invalid Sec-WebSocket-Accept header' })
    traffic.end('error')
    const found = traffic.finding('ws-1002-1007')
    assert.match(found?.sentence ?? '', /answer to the handshake .* “Invalid Sec-WebSocket-Accept/)
    assert.deepEqual(found?.frames, [seq + 1])
  })

  it('is silent about what has a rule of its own', () => {
    const traffic = createTraffic()
    traffic.webSocket()
    traffic.error('ws-protocol-error', { cause: 'WS_ERR_UNEXPECTED_MASK' })
    traffic.end('error')
    assert.equal(traffic.finding('ws-1002-1007'), undefined)
  })
})

describe('the rule ws-close-slow', () => {
  it('is a hint where the answer to a close is late or missing', () => {
    const late = createTraffic()
    late.webSocket()
    const ours = late.close(1000, 'client')
    late.wait(3000)
    const detail = { code: 1000, reason: '', by: 'client', replyMs: 3000 } as const
    const theirs = late.frame('close', detail, { replyTo: ours })
    const found = late.finding('ws-close-slow')
    assert.deepEqual([found?.severity, found?.frames], ['hint', [ours, theirs]])
    const missing = createTraffic()
    missing.webSocket()
    missing.close(1000, 'client')
    missing.frame('notice', { message: '' }, { code: 'ws-close-unanswered', direction: 'local' })
    assert.equal(missing.finding('ws-close-slow')?.severity, 'hint')
  })

  it('is silent where the server still sends what it had to send before', () => {
    const end = (sendsOn: boolean) => {
      const traffic = createTraffic()
      traffic.webSocket()
      for (let i = 0; i < 20; i++) traffic.wait(5).message('tick')
      traffic.close(1000, 'client')
      for (let i = 0; sendsOn && i < 400; i++) traffic.wait(5).message('tick')
      if (!sendsOn) traffic.wait(10)
      traffic.frame('notice', { message: '' }, { code: 'ws-close-unanswered', direction: 'local' })
      return traffic.finding('ws-close-slow')?.severity
    }
    assert.deepEqual([end(true), end(false)], [undefined, 'hint'])
  })

  it('is silent about an answer at once', () => {
    const traffic = createTraffic()
    traffic.webSocket()
    const replyTo = traffic.close(1000, 'client')
    traffic.frame('close', { code: 1000, reason: '', by: 'client', replyMs: 20 }, { replyTo })
    assert.equal(traffic.finding('ws-close-slow'), undefined)
  })
})
