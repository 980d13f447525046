// Streams by which a peer would have the analysis of answers grow without end, slow down or throw.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createAnswerSpans } from '../../../../../src/engine/analyses/models/answerSpans.ts'
import { createAnswers } from '../../../../../src/engine/analyses/models/answers.ts'
import type { SeenFrame } from '../../../../../src/shared/frame/frame.ts'
import { modelLimits } from '../../../../../src/shared/session/modelLimits.ts'
import { assertLinear } from '../../../../support/assertLinear.ts'
import { createModelFold } from '../../../../support/models/modelFold.ts'
import { usedBytes } from '../../../../support/usedBytes.ts'

function chunk(delta: object, more: object = {}) {
  const choices = [{ index: 0, delta, finish_reason: null, ...more }]
  return { object: 'chat.completion.chunk', choices }
}

describe('the answers of a hostile peer', () => {
  it('are no more than are told, however many there are', () => {
    const { event, read, answers } = createModelFold()
    const count = 2 * modelLimits.connections
    for (let connection = 1; connection <= count; connection++)
      event(connection, chunk({ content: 'x' }), connection)
    assert.equal(answers().length, modelLimits.answers)
    assert.equal(read().forgotten, count - modelLimits.answers)
  })

  it('have no more parts than are told apart', () => {
    const { event, read } = createModelFold()
    const calls = (from: number) =>
      Array.from({ length: modelLimits.deltas }, (_, index) => ({
        index: from + index,
        function: { name: '__proto__', arguments: '{' },
      }))
    const times = (2 * modelLimits.parts) / modelLimits.deltas
    for (let at = 0; at < times; at++)
      event(at, chunk({ tool_calls: calls(at * modelLimits.deltas) }))
    const parts = new Set(read().piece?.spans.map(({ part }) => part))
    assert.equal(parts.size, modelLimits.parts)
  })

  it('take times that run backwards, and choices and indices that are none', () => {
    const { event, answers } = createModelFold()
    for (const [at, index] of [
      [1000, -1],
      [0, 1e308],
      [500, 'x'],
      [400, null],
    ] as const)
      event(at, chunk({ content: 'x' }, { index }))
    const [answer] = answers()
    assert.deepEqual([answer?.gaps?.max, answer?.chunks, answer?.stallCount], [500, 4, 0])
  })

  it('keep no more spans than all may have, the oldest losing theirs', () => {
    const { event, read } = createModelFold()
    const many = Array.from({ length: modelLimits.deltas }, (_, index) => ({
      ...{ index, delta: { content: 'x' }, finish_reason: null },
    }))
    const whole = { object: 'chat.completion.chunk', choices: many }
    const chunks = modelLimits.spans / modelLimits.deltas
    for (let connection = 1; connection <= 3; connection++)
      for (let at = 0; at < chunks; at++) event(at, whole, connection)
    const [first, , third] = read().answers
    assert.equal(first?.spans, modelLimits.spans)
    assert.deepEqual(read(first?.id).piece?.spans, [])
    assert.equal(read(third?.id).piece?.spans.length, modelLimits.piece)
  })

  it('keep nothing of their parts once their spans are forgotten', () => {
    const before = usedBytes()
    const forgotten = Array.from({ length: 100 }, (_, nth) => {
      const spans = createAnswerSpans({ spans: 0, chars: 0 })
      for (let part = 0; part < modelLimits.parts; part++) {
        const key = `${nth} ${part}`.padEnd(modelLimits.wordChars, 'x')
        spans.add({ kind: 'tool', text: 'a', key }, part, part)
        if (part === 0) spans.forget()
      }
      return spans
    })
    assert.ok(usedBytes() - before < 2e6)
    assert.deepEqual(
      [...new Set(forgotten.map(({ count, chars }) => `${count} ${chars}`))],
      [`${modelLimits.parts} ${modelLimits.parts}`],
    )
  })

  it('with a stall at every chunk tell the longest, in linear time', () => {
    assertLinear(20_000, (length) => {
      const fold = createAnswers()
      const bytes = Buffer.from(JSON.stringify(chunk({ content: 'x' })))
      const head = { kind: 'event', connection: 1, direction: 'in', replyTo: null, code: null }
      const detail = { type: 'message', lastEventId: '' }
      for (let seq = 1; seq <= length; seq++) {
        // Most are quick, so that the median is small.
        const at = Math.floor(seq / 4) * 1000 * (1 + seq / length) + (seq % 4)
        const frame = { ...head, at, sizeBytes: bytes.length, wireBytes: 0, detail }
        fold.add(frame as unknown as SeenFrame, seq, bytes)
      }
      const [answer] = fold.result().answers
      assert.equal(answer?.stalls.length, modelLimits.stalls)
      assert.equal(answer?.stallCount, modelLimits.longGaps)
    })
  })
})
