// The answers of a session as the page has them: pulled where there may be some, and their texts piece by piece.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import type { AnalysisScope } from '../../../../src/shared/session/analysisResults.ts'
import type { AnswerSpan, ModelAnswer } from '../../../../src/shared/session/modelAnswers.ts'
import { modelLimits } from '../../../../src/shared/session/modelLimits.ts'
import { createAnswerFeed } from '../../../../src/webview/model/answerFeed.ts'
import { comesTo } from '../../../support/eventually.ts'

function span(index: number): AnswerSpan {
  return { seq: index + 3, at: index, part: 0, kind: 'text', text: 'x' }
}

/** An answer of so many spans, and every question that is asked about it. */
function createSession(spans: number, protocol: string | null) {
  const asked: AnalysisScope[] = []
  const model = {
    ...{ asked, protocol, spans, answerId: 1 },
    session: { sessionId: 's', status: { frames: 9 } },
    redraws: 0,
    redraw: () => void model.redraws++,
    api: {
      analysis: async (_: string, scope: AnalysisScope) => {
        asked.push(scope)
        const { answer } = scope
        const kept = Array.from({ length: model.spans }, (_, index) => span(index))
        const piece = answer &&
          answer.id === model.answerId && {
            ...{ id: answer.id, from: answer.from, left: 0 },
            spans: kept.slice(answer.from, answer.from + modelLimits.piece),
          }
        const answers = [{ id: model.answerId } as ModelAnswer]
        return { result: { answers, forgotten: 0, piece: piece ?? null }, upTo: 9, complete: true }
      },
    } as never,
  }
  return model
}

describe('the answers of a session on the page', () => {
  it('are asked for where a model was decoded, or somebody looks', async () => {
    const model = createSession(1, 'json-rpc')
    const feed = createAnswerFeed(model)
    feed.refresh()
    feed.look('rows', [1])
    assert.deepEqual(model.asked, [])
    feed.look('pane', [])
    // Nobody knows yet whether there is one.
    assert.equal(feed.partial, true)
    await comesTo(async () => feed.answers.length, 1)
    assert.equal(feed.partial, false)

    const other = createSession(1, 'anthropic')
    const pulled = createAnswerFeed(other)
    pulled.refresh()
    await comesTo(async () => pulled.answers.length, 1)
    assert.deepEqual(other.asked, [{ afterSeq: 0 }])
  })

  it('have their texts, read in pieces and then only what is new', async () => {
    const model = createSession(modelLimits.piece + 10, 'anthropic')
    const feed = createAnswerFeed(model)
    feed.look('pane', [1])
    const read = async () => feed.textOf(1)?.spans.length ?? 0
    await comesTo(read, modelLimits.piece + 10)
    model.spans += 5
    model.session = { ...model.session, status: { frames: 14 } }
    feed.refresh()
    await comesTo(read, modelLimits.piece + 15)
    const from = model.asked.map(({ answer }) => answer?.from)
    assert.deepEqual(from, [0, modelLimits.piece, modelLimits.piece + 10])
    assert.equal(feed.textOf(1)?.parts[0]?.text.length, modelLimits.piece + 15)
  })

  it('belong to one session: the texts of another are forgotten, as those that nobody looks at', async () => {
    const model = createSession(3, 'anthropic')
    const feed = createAnswerFeed(model)
    feed.look('pane', [1])
    await comesTo(async () => feed.textOf(1)?.spans.length, 3)
    model.session = { sessionId: 'other', status: { frames: 2 } }
    model.spans = 1
    feed.refresh()
    await comesTo(async () => feed.textOf(1)?.spans.length, 1)
    feed.look('pane', [])
    await comesTo(async () => feed.textOf(1), null)
  })
})
