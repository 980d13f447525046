// Chunks that no model sends: every reader says something of them, or nothing, and never throws.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { modelReaders, parseChunk } from '../../../../../src/engine/protocols/models/modelApis.ts'
import {
  readModelRequest,
  readSentRequest,
} from '../../../../../src/engine/protocols/models/modelRequest.ts'
import { modelLimits } from '../../../../../src/shared/session/modelLimits.ts'

const odd: readonly unknown[] = [null, true, -1, 1e308, '', 'x', [], {}, [null], [[]], { error: 1 }]
const fields = [
  ...['type', 'object', 'choices', 'delta', 'usage', 'response', 'message', 'candidates', 'done'],
  ...['event_type', 'interaction', 'step', 'content_block', 'tool_calls', 'messages', 'input'],
  ...['model', 'error', 'content', 'parts', 'contents', 'index', 'item', 'promptFeedback'],
]
const types = [
  ...['response.created', 'response.completed', 'response.output_text.delta', 'error'],
  ...['message_start', 'content_block_start', 'content_block_delta', 'message_delta', 'ping'],
  ...['start', 'text-delta', 'tool-input-available', 'finish', 'abort', 'interaction.created'],
  ...['RUN_STARTED', 'TOOL_CALL_CHUNK', 'RUN_FINISHED', 'RUN_ERROR', 'step.delta', '__proto__'],
]

function readAll(event: string | null, value: unknown): void {
  for (const reader of modelReaders) {
    reader.knows({ event, value }, () => ({ event, value }))
    const says = reader.read({ event, value })
    assert.ok((says?.deltas.length ?? 0) <= modelLimits.deltas ** 2)
  }
  readModelRequest('https://a.example/v1/messages', value)
  readSentRequest(value)
}

describe('readers of model APIs', () => {
  it('take any value in any field', () => {
    for (const value of odd) readAll('messages', value)
    for (const type of types)
      for (const field of fields)
        for (const value of odd)
          for (const event of [null, 'messages', 'end', 'metadata'])
            readAll(event, { type, event_type: type, [field]: value, candidates: [value] })
  })

  it('take arguments that are nested too deeply to be written', () => {
    const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`
    const text = `{"candidates":[{"content":{"parts":[{"functionCall":{"name":"f","args":${deep}}}]}}]}`
    const chunk = parseChunk(null, Buffer.from(text))
    assert.ok(chunk !== null && chunk !== 'done')
    readAll(null, chunk.value)
  })

  it('have nothing to say of what is no JSON', () => {
    for (const text of ['', '{', '[', 'nul', '[DONE', '0:"x"', '\u0000'])
      assert.equal(parseChunk(null, Buffer.from(text)), null)
    assert.equal(parseChunk(null, Buffer.from('[DONE]\r\n')), 'done')
  })
})
