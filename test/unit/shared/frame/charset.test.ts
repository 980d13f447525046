import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { charsetOf, inUtf8 } from '../../../../src/shared/frame/charset.ts'
import {
  createPayloadDecoder,
  isTextPayload,
  previewPayload,
} from '../../../../src/shared/frame/preview.ts'
import { request, response } from '../../../support/captures/captureFrames.ts'

const latin1 = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'))
const utf16be = (text: string) => new Uint8Array(Buffer.from(text, 'utf16le').swap16())
const utf16le = (text: string) => new Uint8Array(Buffer.from(text, 'utf16le'))
const none = new Uint8Array(0)
const typed = (type: string) => [['Content-Type', type]] as const

describe('The charset of an answer', () => {
  const names: readonly (readonly [type: string, charset: string])[] = [
    ['text/plain', 'utf-8'],
    ['text/plain; charset=utf-8', 'utf-8'],
    ['text/plain; charset=UTF8', 'utf-8'],
    ['text/plain; charset=ISO-8859-1', 'windows-1252'],
    ['text/plain;charset="latin1"', 'windows-1252'],
    ["text/plain; charset='latin1'", 'windows-1252'],
    ['text/plain; format=flowed; Charset = latin2', 'iso-8859-2'],
    ['text/plain; charset=GBK', 'gbk'],
    ['text/plain; charset=gb2312', 'gbk'],
    ['text/plain; charset=Shift_JIS', 'shift_jis'],
    ['text/plain; charset=euc-kr', 'euc-kr'],
    ['text/plain; charset=big5', 'big5'],
    ['text/plain; charset=windows-1251', 'windows-1251'],
    ['text/plain; charset=koi8-r', 'koi8-r'],
    ['text/plain; charset=utf-16', 'utf-16le'],
    ['text/plain; charset=utf-16be', 'utf-16be'],
    ['text/plain; charset=utf-32', 'utf-8'],
    ['text/plain; charset=nonsense', 'utf-8'],
    ['text/plain; charset=', 'utf-8'],
    ['text/plain; xcharset=gbk', 'utf-8'],
  ]
  for (const [type, charset] of names) {
    it(`is ${charset} for ${type}`, () => assert.equal(charsetOf(typed(type), none), charset))
  }

  it('is UTF-8 without a content type, and that of the last of several', () => {
    assert.equal(charsetOf([], none), 'utf-8')
    const both = [...typed('text/plain; charset=gbk'), ...typed('text/plain; charset=koi8-r')]
    assert.equal(charsetOf(both, none), 'koi8-r')
  })

  it('is told by a byte order mark before the name', () => {
    const named = typed('text/plain; charset=utf-16')
    assert.equal(charsetOf(named, utf16be('\ufeffa')), 'utf-16be')
    assert.equal(charsetOf(named, utf16le('\ufeffa')), 'utf-16le')
    assert.equal(charsetOf(named, Uint8Array.of(0xef, 0xbb, 0xbf, 0x61)), 'utf-8')
    assert.equal(charsetOf(typed('text/plain; charset=latin1'), latin1('ÿþ')), 'utf-16le')
  })
})

describe('A body in its charset', () => {
  const bodies: readonly (readonly [type: string, body: Uint8Array, text: string])[] = [
    ['text/plain; charset=iso-8859-1', latin1('Grüße'), 'Grüße'],
    ['application/json; charset=latin1', latin1('{"a":"é"}'), '{"a":"é"}'],
    ['text/plain; charset=GBK', Uint8Array.of(0xc4, 0xe3, 0xba, 0xc3), '你好'],
    ['text/html; charset=windows-1251', Uint8Array.of(0xcf, 0xf0, 0xe8), 'При'],
    ['application/json; charset=utf-16', utf16le('\ufeff{"a":1}'), '{"a":1}'],
    ['application/json; charset=utf-16', utf16be('\ufeff{"a":1}'), '{"a":1}'],
    ['application/json; charset=utf-16le', utf16le('{"a":1}'), '{"a":1}'],
    ['application/x-own; charset=latin1', latin1('Grüße'), 'Grüße'],
  ]
  for (const [type, body, text] of bodies) {
    it(`is read for a row, as a whole and for comparisons: ${text}, ${type}`, () => {
      const frame = response(typed(type), body)
      assert.equal(isTextPayload(frame, body), true)
      assert.equal(previewPayload(frame, body, 80), text)
      assert.equal(createPayloadDecoder(frame, body)(body, false), text)
      assert.equal(Buffer.from(inUtf8(typed(type), body)).toString(), text)
    })
  }

  it('is cut between its characters', () => {
    const two = Uint8Array.of(0xc4, 0xe3, 0xba)
    const gbk = response(typed('text/plain; charset=GBK'), two)
    assert.equal(previewPayload(gbk, two, 80), '你')
    const le = utf16le('ab').subarray(0, 3)
    assert.equal(previewPayload(response(typed('text/plain; charset=utf-16'), le), le, 80), 'a')
  })

  it('is the same bytes where they are UTF-8', () => {
    const body = Buffer.from('é')
    assert.equal(inUtf8(typed('text/plain; charset=utf-8'), body), body)
    assert.equal(inUtf8([], body), body)
  })

  it('that is none of its charset is no text', () => {
    const body = Uint8Array.of(0xff, 0xff)
    const decode = createPayloadDecoder(response(typed('text/plain; charset=gbk'), body), body)
    assert.throws(() => decode(body, false), TypeError)
  })

  it('of a part of a long poll is that of the answer, and what a file says may be nonsense', () => {
    const body = latin1('Grüße')
    const part = { format: 'text', partial: true } as const
    const record = (charset: string) =>
      ({ kind: 'record', sizeBytes: 5, detail: { ...part, charset } }) as const
    assert.equal(previewPayload(record('windows-1252'), body, 80), 'Grüße')
    assert.equal(previewPayload(record('nonsense'), body, 80), 'Gr��e')
  })

  it('of a request is UTF-8, as it was sent', () => {
    const body = Buffer.from('é')
    const frame = request('http://h/', typed('text/plain; charset=latin1'))
    assert.equal(previewPayload(frame, body, 80), 'é')
  })
})
