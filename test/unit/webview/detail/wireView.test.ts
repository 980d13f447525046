// The Wire tab about WebSocket frames.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import type { Frame, FrameOf } from '../../../../src/shared/frame/frame.ts'
import type { Handshake } from '../../../../src/shared/session/related.ts'
import { hasWireTab, wireFacts } from '../../../../src/webview/detail/wireView.ts'
import { sampleFrames } from '../../../support/samples/sampleFrames.ts'
import { wireLayer } from '../../../support/samples/wireLayer.ts'

const frames = sampleFrames.websocket.map(({ frame }) => frame)
const [request, response] = frames as [FrameOf<'request'>, FrameOf<'response'>]

function factsOf(frame: Frame | undefined, handshake: Handshake | null = null) {
  assert.ok(frame)
  return Object.fromEntries(wireFacts(frame, handshake).map(({ name, value }) => [name, value]))
}

const compressed: Frame = {
  ...(frames[3] as FrameOf<'message'>),
  sizeBytes: 131,
  wireBytes: 44,
}

describe('the Wire tab', () => {
  it('tells mask, RSV bits, wire bytes and deflate ratio of a message', () => {
    assert.deepEqual(factsOf(compressed), {
      Opcode: '1 · text',
      Fragments: '1',
      Mask: 'not masked',
      'RSV bits': 'RSV1 · compressed',
      'On the wire': '44 B',
      Deflate: '3.0 : 1 · 131 B as 44 B',
    })
  })

  it('tells the framing of what is not compressed', () => {
    const facts = factsOf({
      ...(frames[2] as FrameOf<'message'>),
      sizeBytes: 37,
      wireBytes: 43,
    })
    assert.equal(facts.Mask, 'masked')
    assert.equal(facts['On the wire'], '43 B · 6 B of it framing')
    assert.equal(facts.Deflate, 'not compressed')
  })

  it('tells place and bits of a fragment', () => {
    const last = wireLayer.filter(({ frame }) => frame.kind === 'fragment').at(-1)?.frame
    const facts = factsOf(last)
    assert.equal(facts.Opcode, '0 · continuation')
    assert.equal(facts.Fragment, '3 · FIN, the last one')
    assert.equal(facts['RSV bits'], 'none')
  })

  it('tells what was offered and what was agreed', () => {
    const offer: FrameOf<'request'> = {
      ...request,
      detail: {
        ...request.detail,
        headers: [
          ['Sec-WebSocket-Extensions', 'permessage-deflate'],
          ['sec-websocket-protocol', 'a, b'],
        ],
      },
    }
    const facts = factsOf(compressed, { request: offer, response })
    assert.equal(facts['Extensions offered'], 'permessage-deflate')
    assert.equal(facts['Extensions agreed'], 'permessage-deflate; server_no_context_takeover')
    assert.equal(facts['Subprotocols offered'], 'a, b')
    assert.equal(facts['Subprotocol agreed'], 'none')
  })

  it('is there for WebSocket frames alone', () => {
    for (const [kind, has] of [
      ['message', true],
      ['ping', true],
      ['close', true],
      ['response', false],
      ['error', false],
    ] as const) {
      const frame = frames.find((one) => one.kind === kind)
      assert.ok(frame)
      assert.equal(hasWireTab(frame), has, kind)
    }
  })
})
