// A secret is hidden in answers of any charset, and where its value was cut in two.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createRedactor } from '../../../../src/engine/session/redaction.ts'
import type { NewFrame } from '../../../../src/shared/frame/frame.ts'
import { previewPayload } from '../../../../src/shared/frame/preview.ts'
import { createSecretFinder } from '../../../../src/shared/secrets/finder/secretFinder.ts'
import { endFrame, textMessage } from '../../../support/captures/captureFrames.ts'

const value = 's3c/r+t "ä=?'
const ref = `\${secret:token}`
const redact = createRedactor(createSecretFinder([{ name: 'token', value }]))

function framed(
  kind: 'response' | 'record' | 'error' | 'notice' | 'event',
  bytes: Uint8Array,
  detail = {},
) {
  return {
    ...endFrame(''),
    kind,
    detail,
    payload: bytes,
    sizeBytes: bytes.length,
  } as unknown as NewFrame
}

function answerIn(charset: string, bytes: Uint8Array) {
  return framed('response', bytes, {
    headers: [['Content-Type', `text/plain; charset=${charset}`]],
  })
}

const text = (frame: NewFrame) => Buffer.from(frame.payload ?? []).toString()

describe('A value in another charset', () => {
  for (const [way, written] of Object.entries({
    plain: value,
    'in JSON': JSON.stringify(value),
    'in base64': Buffer.from(value).toString('base64'),
  })) {
    it(`is replaced in UTF-16, which stays UTF-16: ${way}`, () => {
      const wide = (one: string) => Buffer.from(one, 'utf16le')
      const expected = `\ufeffx ${way === 'in JSON' ? `"${ref}"` : ref} é`
      const little = wide(`\ufeffx ${written} é`)
      const big = Buffer.from(little).swap16()
      const both = [
        [answerIn('utf-16', little), wide(expected)],
        [answerIn('utf-16le', little), wide(expected)],
        [answerIn('utf-16be', big), wide(expected).swap16()],
        [framed('record', little, { partial: true, charset: 'utf-16le' }), wide(expected)],
      ] as const
      for (const [frame, bytes] of both)
        assert.deepEqual(Buffer.from(redact(frame).payload ?? []), bytes)
      const [[first]] = both
      assert.equal(previewPayload(redact(first), redact(first).payload, 99), expected.slice(1))
    })
  }

  it('is replaced where its own letters are written otherwise', () => {
    const cyrillic = createRedactor(createSecretFinder([{ name: 'token', value: 'Хакуна Матата' }]))
    // windows-1251
    const bytes = Buffer.from('c5e0eaf3ede020d5e0eaf3ede020cce0f2e0f2e0', 'hex')
    assert.equal(text(cyrillic(answerIn('windows-1251', bytes))), `Еакуна ${ref}`)
    const other = Buffer.from('c5e0', 'hex')
    assert.equal(cyrillic(answerIn('windows-1251', other)).payload, other)
  })
})

describe('The last part of a value', () => {
  const forms = {
    plain: value,
    'percent-encoded': encodeURIComponent(value),
    'in base64': Buffer.from(value).toString('base64'),
    'in hexadecimal': Buffer.from(value).toString('hex'),
  }
  for (const [way, written] of Object.entries(forms)) {
    it(`is replaced where the first part stands in another frame: ${way}`, () => {
      const rest = Buffer.from(`${written.slice(3)} and more`)
      for (const frame of [
        framed('error', rest),
        framed('notice', rest),
        framed('record', rest, { format: 'text' }),
        framed('record', rest, { format: 'text', partial: true }),
      ]) {
        assert.equal(text(redact(frame)), `${ref} and more`)
      }
    })
  }

  it('is replaced where the cut went through a character that is spelled', () => {
    const spelled = {
      percent: [...Buffer.from(value)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`),
      json: [...value].map((one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`),
    }
    for (const [way, parts] of Object.entries(spelled)) {
      for (let cut = 1; cut < 12; cut++) {
        const rest = framed('notice', Buffer.from(`${parts.join('').slice(cut)} and more`))
        assert.equal(text(redact(rest)), `${ref} and more`, `${way} ${cut}`)
      }
    }
  })

  it('stays where it tells too little, and where a text begins by itself', () => {
    const short = framed('error', Buffer.from(`${value.slice(-3)} and more`))
    assert.equal(redact(short), short)
    const own = textMessage(`${value.slice(3)} and more`)
    assert.equal(redact(own), own)
  })
})

describe('A value in base64 of many lines', () => {
  it('is replaced where the lines are indented', () => {
    const lines = Buffer.from(value).toString('base64').replace(/.{7}/g, '$&\r\n \t')
    assert.equal(text(redact(textMessage(`key: ${lines} end`))), `key: ${ref} end`)
  })
})
