// Rules of the doctor: messages that do not fit the others of their type.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createTraffic } from '../../../../../support/doctor/traffic.ts'

/** A WebSocket on which so many like messages came. */
function steadyTraffic(count = 100) {
  const traffic = createTraffic()
  traffic.webSocket()
  const send = (value: unknown) => traffic.wait(100).message(JSON.stringify(value))
  for (let i = 0; i < count; i++)
    send({ type: 'trade', price: i, ...(i % 9 === 0 && { note: '' }) })
  return { traffic, send }
}

describe('the rule schema-drift', () => {
  it('is a risk where a member is of another kind', () => {
    const { traffic, send } = steadyTraffic()
    send({ type: 'trade' })
    const seq = send({ type: 'trade', price: '12' })
    const found = traffic.finding('schema-drift')
    assert.equal(found?.severity, 'risk')
    assert.deepEqual([found.frames, found.measured], [[seq], 1])
    assert.equal(
      found.sentence,
      'In “trade”, “price” is a string; it was an integer in all 100 before.',
    )
  })

  it('is a hint where one is missing or null', () => {
    const { traffic, send } = steadyTraffic()
    const seqs = [send({ type: 'trade' }), send({ type: 'trade', price: null })]
    const found = traffic.finding('schema-drift')
    assert.equal(found?.severity, 'hint')
    assert.deepEqual(found.frames, seqs)
    assert.match(found.sentence, /“price” is missing.* 1 other differs, too\.$/)
  })

  it('says nothing of a member that was always null, once it has a value', () => {
    const traffic = createTraffic()
    traffic.webSocket()
    const send = (value: unknown) => traffic.wait(100).message(JSON.stringify(value))
    for (let i = 0; i < 100; i++) send({ type: 'job', id: i, error: null })
    send({ type: 'job', id: 100, error: 'It failed.' })
    send({ type: 'job', id: 101, error: { code: 1 } })
    assert.equal(traffic.finding('schema-drift'), undefined)
  })

  it('says nothing of the body of an error among answers', () => {
    const traffic = createTraffic()
    const answer = (status: number, value: unknown) => {
      traffic.request('poll')
      traffic.wait(20).response({ status }, { text: JSON.stringify(value) })
    }
    for (let i = 0; i < 100; i++) answer(200, { items: [i] })
    answer(503, { error: 'busy' })
    assert.equal(traffic.finding('schema-drift'), undefined)
    answer(200, { error: 'busy' })
    assert.equal(traffic.finding('schema-drift')?.severity, 'hint')
  })

  it('says nothing of other types, new members, optional ones, few messages, and what is sent', () => {
    const { traffic, send } = steadyTraffic()
    send({ type: 'trade', price: 1.5, fresh: [1] })
    send({ type: 'chat', price: 'none' })
    traffic.message('{"type":"trade"}', { direction: 'out' })
    assert.equal(traffic.finding('schema-drift'), undefined)
    const few = steadyTraffic(99)
    few.send({ type: 'trade', price: 'x' })
    assert.equal(few.traffic.finding('schema-drift'), undefined)
  })
})
