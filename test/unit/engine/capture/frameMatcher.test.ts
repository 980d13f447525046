// Frames that are asked about as they come, against the same frames of a capture.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createFrameMatcher } from '../../../../src/engine/capture/frameMatcher.ts'
import { createDecoding } from '../../../../src/engine/decoders/decoding.ts'
import type { Frame, NewFrame } from '../../../../src/shared/frame/frame.ts'
import {
  binaryMessage,
  fragment,
  mixedFrames,
  start,
  textMessage,
} from '../../../support/captures/captureFrames.ts'
import { shownSeqs, startCapture } from '../../../support/captures/captures.ts'
import { call, result } from '../../../support/captures/jsonRpcFrames.ts'

const frames: readonly NewFrame[] = [
  call(1, start),
  result(1, start + 5),
  ...mixedFrames,
  fragment(1, start + 900),
  textMessage('{"type":"trade","price":70477}', start + 1000),
  textMessage(`"${'x'.repeat(200_000)} far behind"`, start + 1001),
  binaryMessage(new Uint8Array([1, 2, 255]), start + 2500),
]

const filters = [
  ...['trade', '-trade', '"far behind"', '/TR.DE/i', 'dir:out', 'kind:message', 'kind:fragment'],
  ...['wire', 'type:trade', 'type:binary', 'name:*', 'key:1', 'size>100kB', 'gap>500ms', 'gap<2ms'],
  ...['after:1s', 'before:1s', 'conn:1', 'seq>=4', '$.price > 70000', 'is:error', 'code:*'],
  ...['dir:in (trade or size>1kB)', 'status:2xx', 'changed'],
]

/** The numbers of those that match, asked about so many at a time. */
function matching(text: string, wire: boolean, atOnce: number): number[] {
  const matcher = createFrameMatcher(text, wire)
  const decoding = createDecoding()
  const coming = frames.map(({ payload, ...rest }, index) => {
    const frame = { ...rest, seq: index + 1, elapsedMs: rest.at - start } as unknown as Frame
    return { frame, payload, decoded: decoding.push(frame, payload) }
  })
  const found: number[] = []
  for (let from = 0; from < coming.length; from += atOnce) {
    found.push(...matcher.matches(coming.slice(from, from + atOnce)))
  }
  matcher.close()
  return found
}

describe('a filter that is asked of frames as they come', () => {
  const capture = startCapture()
  for (const frame of frames) capture.append(frame)
  capture.decode(1000)

  for (const text of filters) {
    it(`finds what it finds in a capture: ${text}`, () => {
      for (const wire of [false, true]) {
        const expected = shownSeqs(capture, text, 0, wire)
        for (const atOnce of [1, 3, 100]) {
          assert.deepEqual(matching(text, wire, atOnce), expected)
        }
      }
    })
  }

  it('is not all of them, nor none', () => {
    const counts = new Set(filters.map((text) => matching(text, false, 100).length))
    assert.ok(counts.size > 5)
  })

  it('refuses a filter with a mistake', () => {
    assert.throws(() => createFrameMatcher('dir:up', false), { code: 'bad-filter' })
  })
})
