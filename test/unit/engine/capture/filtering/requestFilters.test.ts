// Filters for the request that a frame belongs to: by path and by method, in a capture and as frames come.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createFrameMatcher } from '../../../../../src/engine/capture/frameMatcher.ts'
import type { Frame, NewFrame } from '../../../../../src/shared/frame/frame.ts'
import type { Purpose } from '../../../../../src/shared/frame/httpDetail.ts'
import {
  errorFrame,
  request,
  response,
  sseEvent,
  start,
  textMessage,
} from '../../../../support/captures/captureFrames.ts'
import { shownSeqs, startCapture } from '../../../../support/captures/captures.ts'

function asked(connection: number, method: string, target: string, purpose: Purpose): NewFrame {
  const made = request(`http://localhost${target}`, []) as Extract<NewFrame, { kind: 'request' }>
  const detail = { ...made.detail, method, target, purpose }
  return { ...made, connection, replyTo: null, detail }
}

function answered(connection: number, replyTo: number, purpose: Purpose): NewFrame {
  const made = response([], null, replyTo) as Extract<NewFrame, { kind: 'response' }>
  return { ...made, connection, detail: { ...made.detail, purpose } }
}

const on = (connection: number, frame: NewFrame): NewFrame => ({ ...frame, connection })

/** Two polls with a POST to the same path between, a stream beside which is posted, and a WebSocket. */
const frames: readonly NewFrame[] = [
  asked(1, 'GET', '/api/cart?user=1', 'request'),
  asked(1, 'POST', '/api/cart', 'request'),
  answered(1, 1, 'request'),
  answered(1, 2, 'request'),
  asked(2, 'GET', '/Events', 'request'),
  answered(2, 5, 'stream'),
  on(2, sseEvent('price', '1')),
  asked(2, 'POST', '/Events', 'request'),
  on(2, sseEvent('price', '2')),
  answered(2, 8, 'request'),
  on(2, sseEvent('price', '3')),
  asked(3, 'GET', '/ws', 'handshake'),
  answered(3, 12, 'handshake'),
  on(3, textMessage('hello')),
  on(9, errorFrame('tcp-refused', 'refused')),
]

const expected: Readonly<Record<string, readonly number[]>> = {
  'path:/api/cart': [1, 2, 3, 4],
  'path:/api/*': [1, 2, 3, 4],
  'path:/api': [],
  'path:*cart,/ws': [1, 2, 3, 4, 12, 13, 14],
  'path:/api/cart?user=*': [1, 3],
  'path:/events': [5, 6, 7, 8, 9, 10, 11],
  'method:POST': [2, 4, 8, 10],
  'method:get path:/events': [5, 6, 7, 9, 11],
  'path:/ws -kind:request': [13, 14],
  '-path:*': [15],
  'conn:2-3 kind:event,message': [7, 9, 11, 14],
  'conn:1,3-3 kind:request': [1, 2, 12],
}

function matching(text: string, atOnce: number): number[] {
  const matcher = createFrameMatcher(text, false)
  const coming = frames.map(({ payload, ...rest }, index) => ({
    frame: { ...rest, seq: index + 1, elapsedMs: 0 } as unknown as Frame,
    payload,
    decoded: [],
  }))
  const found: number[] = []
  for (let from = 0; from < coming.length; from += atOnce)
    found.push(...matcher.matches(coming.slice(from, from + atOnce)))
  matcher.close()
  return found
}

describe('a filter for the request that a frame belongs to', () => {
  for (const [text, seqs] of Object.entries(expected)) {
    it(`finds ${seqs.length} frames in a capture and as they come: ${text}`, () => {
      const capture = startCapture()
      for (const frame of frames) capture.append(frame)
      assert.deepEqual(shownSeqs(capture, text), seqs)
      capture.close()
      for (const atOnce of [1, 4, 100]) assert.deepEqual(matching(text, atOnce), seqs)
    })
  }

  it('knows what a frame belongs to that is shown behind what was cleared away', () => {
    const capture = startCapture()
    for (const frame of frames) capture.append(frame)
    assert.deepEqual(shownSeqs(capture, 'path:/events method:GET', 8), [9, 11])
    capture.close()
  })

  it('looks at a frame again once others behind it have been asked about', () => {
    const capture = startCapture()
    for (const frame of frames) capture.append(frame)
    const text = 'path:/ws bookmarked'
    assert.deepEqual(shownSeqs(capture, text), [])
    capture.bookmark(14, 'a note')
    assert.deepEqual(shownSeqs(capture, text), [14])
    capture.bookmark(9, '')
    assert.deepEqual(shownSeqs(capture, text), [14])
    capture.close()
  })

  it('forgets old requests of a session whose frames only pass', () => {
    const matcher = createFrameMatcher('path:/odd', false)
    const count = 40_000
    let found = 0
    for (let n = 0; n < count; n += 100) {
      const coming = Array.from({ length: 100 }, (_, index) => {
        const seq = n + index + 1
        const target = index % 2 === 0 ? '/even' : '/odd'
        const { payload, ...rest } = asked((seq % 50) + 1, 'GET', target, 'poll')
        const frame = { ...rest, at: start + seq, seq, elapsedMs: 0 } as unknown as Frame
        return { frame, payload, decoded: [] }
      })
      found += matcher.matches(coming).size
    }
    matcher.close()
    assert.equal(found, count / 2)
  })
})
