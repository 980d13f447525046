// Answers that wait for their verdicts: gathered whole, or passed as they come where they cannot be.

import assert from 'node:assert/strict'
import { mock } from 'node:test'
import { afterEach, beforeEach, describe, it } from 'mocha'
import { holdLimits } from '../../../../src/shared/session/tapHolds.ts'
import { scriptedHold } from '../../../support/tap/scriptedHold.ts'
import { fault } from '../../../support/tap/useTapped.ts'

describe('answers that wait for their verdicts', () => {
  beforeEach(() => mock.timers.enable({ apis: ['setTimeout'] }))
  afterEach(() => mock.timers.reset())

  const asking = () => {
    const hold = scriptedHold({ frames: false, messageBytes: 10 })
    hold.ask(true)
    return hold
  }

  it('pass by their verdicts, and each is whole for what follows', () => {
    const hold = asking()
    hold.answer('one', '1')
    hold.answer('two')
    hold.answer('three')
    assert.equal(hold.out(), '')
    hold.verdict(2, Buffer.from('new'))
    hold.verdict(1, 'pass')
    assert.equal(hold.out(), 'one1new')
    assert.deepEqual(hold.story, ['held 1', 'held 2', 'held 3', 'message end', 'message end'])
  })

  it('end the connection of their program where one is dropped', () => {
    const hold = asking()
    hold.answer('one')
    hold.answer('two')
    hold.verdict(1, 'drop')
    assert.equal(hold.out(), '')
    assert.deepEqual(hold.story, ['held 1', 'held 2', 'leave'])
    assert.equal(hold.way.held(), 0)
  })

  it('pass as they come where they are not complete in time', () => {
    const hold = asking()
    hold.way.gatherAnswer()
    hold.way.write(Buffer.from('slow'), true)
    mock.timers.tick(holdLimits.answerMs - 1)
    assert.equal(hold.out(), '')
    mock.timers.tick(1)
    assert.equal(hold.out(), 'slow')
    hold.way.write(Buffer.from(' end'), false)
    assert.equal(hold.out(), 'slow end')
    hold.way.messageEnd(true)
    assert.deepEqual(hold.story, ['message end'])
    hold.answer('next')
    mock.timers.tick(holdLimits.answerMs)
    assert.deepEqual(hold.story, ['message end', 'held 1'])
  })

  it('pass as they come where they are larger than may wait', () => {
    const hold = asking()
    hold.answer('0123456789', 'x', 'y')
    assert.equal(hold.out(), '0123456789xy')
    assert.deepEqual(hold.story, ['message end'])
  })

  it('pass where some of them is lost to the recording', () => {
    const hold = asking()
    hold.way.gatherAnswer()
    hold.way.write(Buffer.from('one'), true)
    hold.way.messageEnd(false)
    hold.setFull(true)
    hold.answer('two')
    assert.equal(hold.out(), 'onetwo')
    assert.deepEqual(hold.story, ['message end', 'message end'])
  })

  it('pass as they come where holding is turned off while they are gathered', () => {
    const hold = asking()
    hold.way.gatherAnswer()
    hold.way.write(Buffer.from('one'), true)
    hold.ask(false)
    hold.ask(true)
    hold.way.write(Buffer.from('two'), false)
    hold.way.messageEnd(true)
    assert.equal(hold.out(), 'onetwo')
    assert.deepEqual(hold.story, ['message end'])
  })

  it('are followed by a stream, which is whole, too, when it has passed', () => {
    const hold = asking()
    hold.answer('one')
    hold.way.write(Buffer.from('stream'), true)
    hold.way.messageEnd(true)
    assert.equal(hold.out(), '')
    hold.verdict(1, 'pass')
    assert.equal(hold.out(), 'onestream')
    assert.deepEqual(hold.story, ['held 1', 'message end', 'message end'])
  })

  it('have what has come of them pass when they are broken off, and their end behind them', () => {
    const hold = asking()
    hold.answer('one')
    hold.way.gatherAnswer()
    hold.way.write(Buffer.from('tw'), true)
    hold.way.end()
    assert.deepEqual(hold.story, ['held 1'])
    hold.verdict(1, 'pass')
    assert.equal(hold.out(), 'onetw')
    assert.deepEqual(hold.story, ['held 1', 'message end', 'end'])
  })

  it('wait for the time of a fault, too, whatever is asked about meanwhile', () => {
    const delay = fault({ kind: 'delay', ms: 600_000, jitterMs: 0, way: 'client' })
    const hold = scriptedHold({ frames: false, faults: [delay] })
    hold.answer('late')
    for (const isAsked of [true, false]) {
      hold.ask(isAsked)
      assert.equal(hold.out(), '')
    }
    hold.setFaults([])
    assert.equal(hold.out(), 'late')
  })
})
