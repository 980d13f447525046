// Rules of the doctor: answers of language models.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createTraffic, type Traffic } from '../../../../support/doctor/traffic.ts'

const url = 'https://api.example.com/v1/chat/completions'

/** A model is asked for a chat completion, and its stream opens. */
function ask(body: object = {}, traffic = createTraffic()): Traffic {
  const whole = { model: 'm', stream: true, messages: [{ role: 'user', content: 'Hi' }], ...body }
  const headers = [['Content-Type', 'application/json']] as const
  const detail = { method: 'POST', url, target: '/v1/chat/completions', headers }
  traffic.request('stream', detail, { text: JSON.stringify(whole) })
  traffic.wait(300)
  traffic.response({ headers: [['Content-Type', 'text/event-stream']] })
  return traffic
}

function chunk(traffic: Traffic, delta: object, finish: string | null = null): number {
  const choices = [{ index: 0, delta, finish_reason: finish }]
  const value = { id: 'c1', object: 'chat.completion.chunk', model: 'm', choices }
  return traffic.event(JSON.stringify(value))
}

function words(traffic: Traffic, count: number, everyMs = 20): void {
  for (let i = 0; i < count; i++) {
    traffic.wait(everyMs)
    chunk(traffic, { content: `w${i} ` })
  }
}

function finish(traffic: Traffic, reason = 'stop'): number {
  const seq = chunk(traffic.wait(20), {}, reason)
  traffic.event('[DONE]')
  traffic.end('server')
  return seq
}

describe('the doctor', () => {
  it('has nothing to say about an answer that is complete', () => {
    const traffic = ask({ stream_options: { include_usage: true } })
    words(traffic, 100)
    finish(traffic)
    assert.deepEqual(traffic.findings().findings, [])
  })
})

describe('the rule llm-cut', () => {
  it('is a fault where the stream ends, or is cut, without a finish sign', () => {
    const ended = ask()
    words(ended, 30)
    const last = ended.recorded.length
    ended.end('server')
    const found = ended.finding('llm-cut')
    assert.deepEqual([found?.severity, found?.frames], ['fault', [last]])
    const reset = ask()
    words(reset, 30)
    reset.error('connection-reset')
    reset.end('error')
    assert.equal(reset.finding('llm-cut')?.severity, 'fault')
    assert.equal(reset.finding('llm-error-in-200'), undefined)
  })

  it('is silent where the user stopped, and while the answer goes on', () => {
    const traffic = ask()
    words(traffic, 30)
    assert.equal(traffic.finding('llm-cut'), undefined)
    traffic.end('user')
    assert.equal(traffic.finding('llm-cut'), undefined)
  })

  it('is silent about a WebSocket that this side closes in the middle, and not about what is cut after it', () => {
    const traffic = createTraffic()
    askBySocket(traffic)
    traffic.close(1000, 'client')
    traffic.wait(5)
    delta(traffic)
    traffic.wait(5).close(1000)
    assert.equal(traffic.finding('llm-cut'), undefined)
    traffic.reconnect()
    askBySocket(traffic)
    traffic.error('ws-abnormal-closure')
    traffic.reconnect()
    assert.equal(traffic.finding('llm-cut')?.frameCount, 1)
    const closed = createTraffic()
    askBySocket(closed)
    closed.close(1001)
    closed.reconnect()
    assert.equal(closed.finding('llm-cut')?.severity, 'fault')
  })
})

/** A model answers over a WebSocket, and is not ready yet. */
function askBySocket(traffic: Traffic): void {
  traffic.webSocket()
  traffic.message('{"type": "response.create", "input": "Hi"}', { direction: 'out' })
  traffic.wait(100).message('{"type": "response.created", "response": {"id": "r1"}}')
  delta(traffic)
}

function delta(traffic: Traffic): number {
  return traffic.wait(20).message('{"type": "response.output_text.delta", "delta": "word "}')
}

describe('the rule llm-error-in-200', () => {
  it('is a fault with the message', () => {
    const traffic = ask()
    words(traffic, 3)
    const seq = traffic.event('{"error": {"message": "Overloaded.", "type": "server_error"}}')
    traffic.end('server')
    const found = traffic.finding('llm-error-in-200')
    assert.deepEqual([found?.severity, found?.frames], ['fault', [seq]])
    assert.match(found?.sentence ?? '', /Overloaded\.”, broke off 1 answer/)
  })

  it('is silent about an answer whose status is an error', () => {
    const traffic = createTraffic()
    traffic.request('stream', { method: 'POST', url }, { text: '{"model": "m", "messages": []}' })
    traffic.response({ status: 429 }, { text: '{"error": {"message": "Too many."}}' })
    traffic.error('sse-bad-status')
    traffic.end('error')
    assert.equal(traffic.finding('llm-error-in-200'), undefined)
  })
})

describe('the rule llm-length', () => {
  it('is a risk by the chunk that says so, and silent about another reason', () => {
    const traffic = ask()
    words(traffic, 5)
    const seq = finish(traffic, 'length')
    const found = traffic.finding('llm-length')
    assert.deepEqual([found?.severity, found?.frames], ['risk', [seq]])
    const other = ask()
    finish(other, 'tool_calls')
    assert.equal(other.finding('llm-length'), undefined)
  })
})

describe('the rule llm-stall', () => {
  it('is a risk for a long gap and a hint for a shorter one', () => {
    for (const [gapMs, severity] of [
      [2500, 'risk'],
      [1200, 'hint'],
    ] as const) {
      const traffic = ask()
      words(traffic, 30)
      words(traffic, 1, gapMs)
      words(traffic, 30)
      finish(traffic)
      const found = traffic.finding('llm-stall')
      assert.deepEqual([found?.severity, found?.measured], [severity, gapMs])
    }
  })

  it('is silent about a pace that is slow throughout', () => {
    const traffic = ask()
    words(traffic, 20, 1500)
    finish(traffic)
    assert.equal(traffic.finding('llm-stall'), undefined)
  })
})

describe('the rule llm-one-burst', () => {
  it('is a risk where all chunks come late and together, and the only one that says so', () => {
    const traffic = ask({ stream_options: { include_usage: true } })
    traffic.wait(4000)
    words(traffic, 40, 0.2)
    chunk(traffic, {}, 'stop')
    traffic.event('[DONE]')
    traffic.end('server')
    const told = traffic.findings().findings.map(({ id, severity }) => [id, severity])
    assert.deepEqual(told, [['llm-one-burst', 'risk']])
  })

  it('is silent where they come soon', () => {
    const traffic = ask()
    words(traffic, 40, 0.2)
    finish(traffic)
    assert.equal(traffic.finding('llm-one-burst'), undefined)
  })
})

describe('the rule llm-no-usage', () => {
  it('is a hint where usage was not asked for', () => {
    const traffic = ask()
    words(traffic, 5)
    finish(traffic)
    assert.equal(traffic.finding('llm-no-usage')?.severity, 'hint')
    const asked = ask({ stream_options: { include_usage: true } })
    finish(asked)
    assert.equal(asked.finding('llm-no-usage'), undefined)
  })
})

describe('the rule llm-sequence', () => {
  const event = (traffic: Traffic, number: number) =>
    traffic.event(
      `{"type":"response.output_text.delta","sequence_number":${number},"delta":"a"}`,
      '',
      'response.output_text.delta',
    )

  it('is a fault where a number is left out', () => {
    const traffic = createTraffic()
    traffic.stream()
    event(traffic, 0)
    const seqs = [event(traffic, 1), event(traffic, 3)]
    event(traffic, 4)
    const found = traffic.finding('llm-sequence')
    assert.deepEqual([found?.severity, found?.frames], ['fault', seqs])
  })

  it('is silent about the next response, and about other events', () => {
    const traffic = createTraffic()
    traffic.stream()
    for (const number of [0, 1, 2, 0, 1]) event(traffic, number)
    traffic.event('{"type":"other","sequence_number":9}')
    assert.equal(traffic.finding('llm-sequence'), undefined)
  })
})
