// The start of a payload as one line.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { isTextPayload, previewPayload } from '../../../../src/shared/frame/preview.ts'
import {
  binaryMessage,
  errorFrame,
  response,
  sseEvent,
  textMessage,
} from '../../../support/captures/captureFrames.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)

describe('previewPayload', () => {
  it('is null when there is no payload and empty when it is empty', () => {
    assert.equal(previewPayload(textMessage(''), null, 10), null)
    assert.equal(previewPayload(textMessage(''), utf8(''), 10), '')
  })

  it('folds white space to single spaces', () => {
    const text = '\n {\r\n  "a":\t1\n}'
    assert.equal(previewPayload(textMessage(text), utf8(text), 50), '{ "a": 1 }')
  })

  it('shows control characters instead of passing them on', () => {
    const text = 'a\u001b[2Jb\u0000'
    assert.equal(previewPayload(textMessage(text), utf8(text), 50), 'a␛[2Jb␀')
  })

  it('cuts at so many characters and leaves no half of a pair', () => {
    assert.equal(previewPayload(textMessage(''), utf8('abcdef'), 4), 'abcd')
    assert.equal(previewPayload(textMessage(''), utf8('abc😀'), 4), 'abc')
    assert.equal(previewPayload(textMessage(''), utf8('ab😀'), 4), 'ab😀')
  })

  it('leaves out a character that the end of the bytes has split', () => {
    assert.equal(previewPayload(textMessage(''), utf8('abé').subarray(0, 3), 10), 'ab')
  })

  it('writes binary in hexadecimal, with … where more follows', () => {
    const bytes = Uint8Array.of(0xa2, 0x64, 0x74, 0x00)
    assert.equal(previewPayload(binaryMessage(bytes), bytes, 50), 'a2 64 74 00')
    assert.equal(previewPayload(binaryMessage(bytes), bytes, 8), 'a2 64 …')
    const large = new Uint8Array(5000)
    assert.equal(previewPayload(binaryMessage(large), large.subarray(0, 1024), 256)?.length, 256)
  })
})

describe('isTextPayload', () => {
  const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47)
  const answer = (type: string) => response([['Content-Type', type]], null)
  const cases = [
    ['a text message', textMessage(''), png, true],
    ['a binary message that looks like text', binaryMessage(utf8('abc')), utf8('abc'), false],
    ['an event', sseEvent('a', 'b'), utf8('b'), true],
    ['a JSON body', answer('application/json; charset=utf-8'), utf8('{}'), true],
    ['a problem document', answer('application/problem+json'), utf8('{}'), true],
    ['an HTML body', answer('TEXT/HTML'), utf8('<a>'), true],
    ['an SVG image', answer('image/svg+xml'), utf8('<svg>'), true],
    ['another image', answer('image/png'), utf8('abc'), false],
    [
      'a body of no particular type that is text',
      answer('application/octet-stream'),
      utf8('é'),
      true,
    ],
    ['a body of no particular type that is not', answer('application/octet-stream'), png, false],
    ['a body without a type', response([], null), utf8('a\u0000b'), false],
    ['text cut inside a character', response([], null), utf8('aé').subarray(0, 2), true],
    ['any other kind, by its bytes', errorFrame('a', 'b'), utf8('abc'), true],
  ] as const
  for (const [name, frame, bytes, expected] of cases) {
    it(`says ${expected ? 'text' : 'binary'} for ${name}`, () => {
      assert.equal(isTextPayload(frame, bytes), expected)
    })
  }
})
