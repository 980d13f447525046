// Rules of the doctor: sessions with more answers of language models than are told.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { modelLimits } from '../../../../../src/shared/session/modelLimits.ts'
import { assertLinear } from '../../../../support/assertLinear.ts'
import { createTraffic, type Traffic } from '../../../../support/doctor/traffic.ts'

const url = 'https://api.example.com/v1/chat/completions'
const count = 4 * modelLimits.answers

/** A model is asked over a new stream, and says a word or two; answers the last word's frame. */
function ask(traffic: Traffic, words = 2): number {
  const text = '{"model": "m", "stream": true, "messages": [{"role": "user", "content": "Hi"}]}'
  traffic.request('stream', { method: 'POST', url }, { text })
  traffic.wait(300).response({ headers: [['Content-Type', 'text/event-stream']] })
  let last = 0
  for (let i = 0; i < words; i++) last = chunk(traffic.wait(20), { content: 'w ' })
  return last
}

function chunk(traffic: Traffic, delta: object, finish: string | null = null): number {
  const choices = [{ index: 0, delta, finish_reason: finish }]
  return traffic.event(JSON.stringify({ object: 'chat.completion.chunk', choices }))
}

function finish(traffic: Traffic, reason = 'stop'): number {
  const seq = chunk(traffic, {}, reason)
  traffic.event('[DONE]')
  traffic.reconnect()
  return seq
}

describe('the rules about answers of models', () => {
  it('remember what one of the first of many answers showed, over a stream each', () => {
    const traffic = createTraffic()
    const proof = new Map<string, number>()
    for (let nth = 1; nth <= count; nth++) {
      const last = ask(traffic)
      if (nth === 3) {
        proof.set('llm-cut', last)
        traffic.reconnect()
      } else if (nth === 4) {
        const error = traffic.event('{"error": {"message": "Overloaded."}}')
        proof.set('llm-error-in-200', error)
        traffic.reconnect()
      } else if (nth === 5) proof.set('llm-length', finish(traffic, 'length'))
      else finish(traffic)
    }
    traffic.end('server')
    for (const [id, seq] of proof) {
      const found = traffic.finding(id)
      assert.deepEqual([id, found?.frames, found?.frameCount], [id, [seq], 1])
    }
    // Each answer counts once, whether more of it may come or not.
    const { measured } = traffic.finding('llm-no-usage') ?? {}
    assert.equal(measured, count - 2)
  })

  it('remember it over one WebSocket, and tell of a stall once', () => {
    const traffic = createTraffic()
    traffic.webSocket()
    const delta = (gapMs: number) =>
      traffic.wait(gapMs).message('{"type": "response.output_text.delta", "delta": "word "}')
    let stalled: number[] = []
    for (let nth = 1; nth <= count; nth++) {
      traffic.message('{"type": "response.create", "input": "Hi"}', { direction: 'out' })
      traffic.wait(100).message(`{"type": "response.created", "response": {"id": "r${nth}"}}`)
      for (let i = 0; i < 5; i++) delta(20)
      if (nth === 3) stalled = [delta(20), delta(2500)]
      const response = `{"id": "r${nth}", "status": "completed"}`
      traffic.wait(20).message(`{"type": "response.completed", "response": ${response}}`)
    }
    const found = traffic.finding('llm-stall')
    assert.deepEqual([found?.frames, found?.measured], [stalled, 2500])
    assert.equal(traffic.finding('llm-cut'), undefined)
  })

  it('take time in proportion to the answers', () => {
    assertLinear(400, (answers) => {
      const traffic = createTraffic()
      for (let nth = 0; nth < answers; nth++) {
        ask(traffic, 1)
        traffic.reconnect()
      }
      assert.equal(traffic.finding('llm-cut')?.frameCount, answers)
    })
  })
})
