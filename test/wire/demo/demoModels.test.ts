// The demo's model behind each API: what a session records of it is put together to the same answer.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createAnswers } from '../../../src/engine/analyses/models/answers.ts'
import type { Endpoint } from '../../../src/shared/endpoint/endpoint.ts'
import type { AnswersRead, ModelAnswer } from '../../../src/shared/session/modelAnswers.ts'
import { useFreshDemo } from '../../support/servers/useFreshDemo.ts'
import { endpointAt, type RunOptions, runSession } from '../../support/sessions/runSession.ts'

const geminiPath = '/v1beta/models/demo-1:streamGenerateContent'
const messages = [{ role: 'user', content: 'Which method?' }]
const contents = [{ role: 'user', parts: [{ text: 'Which method?' }] }]
const options = { include_usage: true }

/** The path, the body and whether usage is told. */
const apis: readonly (readonly [api: string, path: string, body: object])[] = [
  ['openai-chat', '/v1/chat/completions', { model: 'm', messages, stream_options: options }],
  ['openai-responses', '/v1/responses', { model: 'm', input: 'Which method?' }],
  ['anthropic', '/v1/messages', { model: 'm', messages }],
  ['gemini', geminiPath, { contents }],
  ['gemini', `${geminiPath}?alt=sse`, { contents }],
  ['ollama', '/api/chat', { model: 'm', messages }],
  ['ai-sdk', '/ai-sdk', { id: 'chat', messages }],
  ['ag-ui', '/ag-ui', { threadId: 't', runId: 'r', messages }],
]

const said = (read: AnswersRead, kind: string) =>
  (read.piece?.spans ?? []).filter((span) => span.kind === kind)

const textOf = (read: AnswersRead, kind: string) =>
  said(read, kind)
    .map(({ text }) => text)
    .join('')

describe('The demo as a model', () => {
  const demo = useFreshDemo()

  /** The only answer of a session, with its spans. */
  async function ask(path: string, fields: Partial<Endpoint>, run: RunOptions = {}) {
    const method = fields.request === undefined ? 'websocket' : 'sse'
    const ran = await runSession(endpointAt(demo.url, method, path, fields), run)
    const fold = createAnswers()
    for (const frame of ran.frames) fold.add(frame, frame.seq, ran.payload(frame))
    const [answer, ...others] = fold.result().answers
    assert.ok(answer)
    assert.deepEqual(others, [])
    return { ran, answer, read: fold.piece({ afterSeq: 0, answer: { id: answer.id, from: 0 } }) }
  }

  const post = (path: string, body: object, query: string) =>
    ask(`${path}${path.includes('?') ? '&' : '?'}${query}`, {
      request: 'POST',
      headers: [['Content-Type', 'application/json']],
      body: JSON.stringify(body),
    })

  function assertWhole(answer: ModelAnswer, read: AnswersRead, api: string): void {
    assert.deepEqual([answer.api, answer.state, answer.error], [api, 'complete', null])
    assert.equal(answer.prompt, 'Which method?')
    assert.match(textOf(read, 'text'), /^A \*\*WebSocket\*\* keeps one .* as an example\.$/s)
    assert.match(textOf(read, 'reasoning'), /^One side speaks, .* will do\.$/)
    assert.deepEqual(JSON.parse(textOf(read, 'tool')), { symbol: 'BTC-EUR', venue: 'demo' })
    assert.deepEqual(
      said(read, 'tool').flatMap(({ name }) => name ?? []),
      ['get_quote'],
    )
    assert.ok(answer.firstChunkAt !== null && answer.firstTokenAt !== null)
    assert.ok(answer.firstTokenAt >= answer.firstChunkAt)
    assert.equal(answer.lastSeq > answer.firstSeq, true)
  }

  for (const [api, path, body] of apis) {
    it(`answers as ${api} at ${path}`, async () => {
      const { ran, answer, read } = await post(path, body, 'pace=1')
      assertWhole(answer, read, api)
      assert.equal(ran.end.by, 'server')
      assert.deepEqual(ran.all('error'), [])
      const isCounted = !['ai-sdk', 'ag-ui'].includes(api)
      assert.equal(answer.usage?.input ?? null, isCounted ? 24 : null)
      assert.ok(
        ran.lines.some((line) => line === 'event text “·keeps”' || line === 'record text “·keeps”'),
      )
    })
  }

  it('answers over WebSocket', async () => {
    const create = JSON.stringify({ type: 'response.create', model: 'm', input: 'Which method?' })
    const { answer, read } = await ask(
      '/v1/responses?pace=0',
      { send: [{ kind: 'text', value: create }] },
      {
        until: (_, __, payload) => Buffer.from(payload ?? []).includes('response.completed'),
      },
    )
    assertWhole(answer, read, 'openai-responses')
    assert.equal(answer.finish?.reason, 'completed')
  })

  describe('that goes wrong', () => {
    it('stops without a finish', async () => {
      for (const [api, path, body] of apis) {
        const { answer } = await post(path, body, 'pace=0&finish=0')
        assert.deepEqual([answer.api, answer.state, answer.finish], [api, 'cut', null])
      }
    })

    it('fails inside of an answer with 200', async () => {
      for (const [api, path, body] of apis) {
        const { answer } = await post(path, body, 'pace=0&fail=5')
        assert.deepEqual([answer.api, answer.state], [api, 'failed'])
        assert.match(answer.error?.message ?? '', /The demo was asked to fail\.$/)
      }
    })

    it('is cut by a limit of tokens', async () => {
      for (const [api, path, body] of apis) {
        const { answer } = await post(path, body, 'pace=0&length=20')
        // AG-UI has no word for it.
        const isTold = api !== 'ag-ui'
        assert.deepEqual([answer.state, answer.finish?.isLength], ['complete', isTold], api)
      }
    })

    it('stalls', async () => {
      const [, path, body] = apis[0] ?? assert.fail()
      const { answer } = await post(path, body, 'pace=1&stall=1200')
      assert.equal(answer.stallCount, 1)
      assert.ok((answer.stalls[0]?.ms ?? 0) >= 1150)
    })

    it('comes in bursts', async () => {
      const [, path, body] = apis[0] ?? assert.fail()
      const { answer } = await post(path, body, 'pace=2&burst=20')
      assert.ok(answer.bursts < answer.chunks / 10, `${answer.bursts} of ${answer.chunks}`)
    })
  })

  it('refuses what is no JSON object', async () => {
    for (const body of ['', '[]', 'null', '{']) {
      const response = await fetch(`${demo.url}/v1/messages`, { method: 'POST', body })
      assert.equal(response.status, 400)
    }
  })
})
