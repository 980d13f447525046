// Rules of the doctor: requests and heartbeats of application protocols.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import type { Packet } from '../../../../../src/shared/frame/packet.ts'
import { createTraffic, type Traffic } from '../../../../support/doctor/traffic.ts'

const rpc = { protocol: 'json-rpc', level: 'app' } as const

function open(): Traffic {
  const traffic = createTraffic()
  traffic.webSocket()
  return traffic
}

function ask(traffic: Traffic, name = 'add'): number {
  const packet: Packet = { ...rpc, type: 'request', name, asks: true }
  return traffic.message('{}', { direction: 'out', packets: [packet] })
}

function answer(traffic: Traffic, answers: number, type = 'result', latencyMs = 20): number {
  const packet: Packet = { ...rpc, type, name: 'add', answers, latencyMs }
  return traffic.message('{}', { packets: [packet] })
}

const beat = { protocol: 'socket.io', level: 'heartbeat' } as const
const ping = (traffic: Traffic) =>
  traffic.message('2', { packets: [{ ...beat, type: 'ping', asks: true }] })
const pong = (traffic: Traffic, answers: number, latencyMs = 0) => {
  const packets: readonly Packet[] = [{ ...beat, type: 'pong', answers, latencyMs }]
  return traffic.message('3', { direction: 'out', packets })
}

describe('the rule app-no-answer', () => {
  it('is a risk after ten seconds, and where the server ends the connection', () => {
    const traffic = open()
    const seq = ask(traffic, 'slow')
    assert.equal(traffic.finding('app-no-answer', 9000), undefined)
    const found = traffic.finding('app-no-answer', 12_000)
    assert.deepEqual([found?.severity, found?.frames], ['risk', [seq]])
    assert.match(found?.sentence ?? '', /1 request has no answer, the oldest, “slow”, for 12\.0 s/)
    traffic.close(1001)
    traffic.reconnect()
    assert.equal(
      traffic.finding('app-no-answer')?.sentence,
      '1 request had no answer when the connection ended, such as “slow”.',
    )
  })

  it('stays once the user has ended what had waited for too long', () => {
    const traffic = open()
    const seq = ask(traffic, 'never')
    traffic.wait(15_000).end('user')
    const found = traffic.finding('app-no-answer')
    assert.deepEqual(found?.frames, [seq])
    assert.match(found?.sentence ?? '', /^1 request has no answer, the oldest, “never”, for 15/)
  })

  it('is silent about answers, about what the user ends, and about what others need as long', () => {
    const traffic = open()
    answer(traffic, ask(traffic))
    assert.equal(traffic.finding('app-no-answer', 60_000), undefined)
    ask(traffic)
    traffic.wait(2000).end('user')
    assert.equal(traffic.finding('app-no-answer'), undefined)
    const slow = open()
    for (let i = 0; i < 20; i++) answer(slow, ask(slow), 'result', 5000)
    ask(slow)
    assert.equal(slow.finding('app-no-answer', 60_000), undefined)
  })

  it('is silent while a call tells of its progress, and about models, whose first word may take long', () => {
    const traffic = open()
    const call = { protocol: 'mcp', level: 'app', key: '7' } as const
    const asked: Packet = { ...call, type: 'request', name: 'tools/call build', asks: true }
    const seq = traffic.message('{}', { direction: 'out', packets: [asked] })
    const progress: Packet = { ...call, type: 'notification', name: 'notifications/progress' }
    for (let i = 0; i < 5; i++) traffic.wait(8000).message('{}', { packets: [progress] })
    assert.equal(traffic.finding('app-no-answer', 9000), undefined)
    assert.deepEqual(traffic.finding('app-no-answer', 11_000)?.frames, [seq])
    const model = open()
    const prompt: Packet = { ...rpc, protocol: 'openai-chat', type: 'request', asks: true }
    model.message('{}', { direction: 'out', packets: [prompt] })
    assert.equal(model.finding('app-no-answer', 20_000), undefined)
  })

  it('is silent about a call that is called off', () => {
    const traffic = open()
    const seq = ask(traffic)
    const cancel: Packet = { ...rpc, type: 'notification', name: '$/cancelRequest', cancels: seq }
    traffic.wait(50).message('{}', { direction: 'out', packets: [cancel] })
    assert.equal(traffic.finding('app-no-answer', 60_000), undefined)
    traffic.close(1001)
    traffic.reconnect()
    assert.equal(traffic.finding('app-no-answer'), undefined)
  })

  it('is silent where a stream ends beside a companion request that goes on', () => {
    const traffic = createTraffic()
    traffic.stream()
    const packet: Packet = { ...rpc, type: 'request', name: 'add', asks: true }
    const detail = { purpose: 'companion', method: 'POST', headers: [] } as const
    traffic.frame('request', detail, { direction: 'out', packets: [packet] })
    traffic.reconnect()
    traffic.stream()
    assert.equal(traffic.finding('app-no-answer'), undefined)
    assert.equal(traffic.finding('app-no-answer', 12_000)?.severity, 'risk')
  })

  it('is silent about what the peer asks of the client', () => {
    const traffic = open()
    const packet: Packet = { ...rpc, type: 'request', name: 'ping', asks: true }
    traffic.message('{}', { packets: [packet] })
    assert.equal(traffic.finding('app-no-answer', 60_000), undefined)
  })
})

describe('the rule app-pong-missing', () => {
  it('is a risk where the server ends what has not answered its ping', () => {
    const traffic = open()
    pong(traffic, ping(traffic))
    const seq = ping(traffic.wait(25_000))
    const end = traffic.wait(20_000).close(1005)
    traffic.reconnect()
    const found = traffic.finding('app-pong-missing')
    assert.deepEqual([found?.severity, found?.frames], ['risk', [seq, end]])
    assert.equal(
      found?.sentence,
      '1 connection ended with a ping of Socket.IO that had no pong, at most for 20.0 s.',
    )
  })

  it('is silent where the pong came, where the end came soon after the ping, and where the user ends it', () => {
    const answered = open()
    pong(answered, ping(answered))
    answered.wait(20_000).close(1001)
    answered.reconnect()
    assert.equal(answered.finding('app-pong-missing'), undefined)
    const soon = open()
    ping(soon)
    soon.wait(1000).close(1001)
    soon.reconnect()
    assert.equal(soon.finding('app-pong-missing'), undefined)
    const own = open()
    ping(own)
    own.wait(20_000).end('user')
    assert.equal(own.finding('app-pong-missing'), undefined)
  })
})

describe('the rule app-pong-missing, of a client that answers', () => {
  const ended = (traffic: Traffic, code: number) => {
    traffic.close(code)
    traffic.reconnect()
    return traffic.finding('app-pong-missing')
  }

  it('is silent about a ping that was passed over, where a later one was answered', () => {
    const traffic = open()
    ping(traffic)
    pong(traffic, ping(traffic.wait(25_000)))
    assert.equal(ended(traffic.wait(20_000), 1005), undefined)
  })

  it('is silent where a pong has always taken about so long, as one that is repeated does', () => {
    const traffic = open()
    const seq = ping(traffic)
    pong(traffic.wait(15_000), seq, 15_000)
    ping(traffic.wait(10_000))
    assert.equal(ended(traffic.wait(18_000), 1005), undefined)
  })

  it('is silent where the server says why it goes', () => {
    for (const code of [1001, 1012, 1013]) {
      const traffic = open()
      ping(traffic)
      assert.equal(ended(traffic.wait(20_000), code), undefined)
    }
  })
})

describe('the rule app-error-rate', () => {
  const answers = (failed: number) => {
    const traffic = open()
    for (let i = 0; i < 40; i++) answer(traffic, ask(traffic), i < failed ? 'error' : 'result')
    return traffic.finding('app-error-rate')
  }

  it('is a risk from one in twenty on, with the name that fails', () => {
    const found = answers(2)
    assert.deepEqual([found?.severity, found?.measured], ['risk', 0.05])
    assert.match(found?.sentence ?? '', /2 of 40 answers of JSON-RPC 2\.0 .* 2 of them of “add”/)
  })

  it('is silent below, and before there are twenty', () => {
    assert.equal(answers(1), undefined)
    const few = open()
    for (let i = 0; i < 10; i++) answer(few, ask(few), 'error')
    assert.equal(few.finding('app-error-rate'), undefined)
  })
})

describe('the rule app-heartbeat-missed', () => {
  /** `wantsMs`: the client has asked for heartbeats of STOMP so often. */
  const told = (text: string, protocol: string, type: string, wantsMs = 0): Traffic => {
    const traffic = open()
    const packets = [{ protocol: 'stomp', type: 'CONNECT', level: 'control' }] as const
    const connect = `CONNECT\nheart-beat:0,${wantsMs}\n\n\0`
    if (protocol === 'stomp') traffic.message(connect, { direction: 'out', packets })
    traffic.message(text, { packets: [{ protocol, type, level: 'control' }] })
    return traffic
  }

  it('goes by what the server has told, or the protocol allows', () => {
    const rows = [
      ['0{"sid":"a","pingInterval":25000,"pingTimeout":20000}', 'engine.io', 'open', 45_000],
      ['{}', 'signalr', 'handshake', 30_000],
      ['{"type":"welcome"}', 'action-cable', 'welcome', 6000],
      ['CONNECTED\nheart-beat:5000,5000\n\n\0', 'stomp', 'CONNECTED', 10_000],
    ] as const
    for (const [text, protocol, type, ms] of rows) {
      const traffic = told(text, protocol, type, 4000)
      assert.equal(traffic.finding('app-heartbeat-missed', ms), undefined, protocol)
      const found = traffic.finding('app-heartbeat-missed', ms + 1000)
      assert.deepEqual([found?.severity, found?.threshold], ['risk', ms], protocol)
    }
  })

  it('names the frames around a silence that is over', () => {
    const traffic = told('{"type":"welcome"}', 'action-cable', 'welcome')
    const before = traffic.recorded.length
    traffic.wait(9000)
    const after = traffic.message('{"type":"ping"}')
    assert.deepEqual(traffic.finding('app-heartbeat-missed')?.frames, [before, after])
  })

  it('is silent while they come, and where nothing is promised', () => {
    const traffic = told('{"type":"welcome"}', 'action-cable', 'welcome')
    for (let i = 0; i < 10; i++) traffic.wait(3000).message('{"type":"ping"}')
    assert.equal(traffic.finding('app-heartbeat-missed', 3000), undefined)
    for (const [beats, wantsMs] of [
      ['0,0', 5000],
      ['5000,0', 0],
    ] as const) {
      const none = told(`CONNECTED\nheart-beat:${beats}\n\n\0`, 'stomp', 'CONNECTED', wantsMs)
      assert.equal(none.finding('app-heartbeat-missed', 600_000), undefined)
    }
  })
})
