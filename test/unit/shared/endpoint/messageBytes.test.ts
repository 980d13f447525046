import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { parseBase64, parseHex } from '../../../../src/shared/endpoint/messageBytes.ts'

describe('the bytes of a message', () => {
  for (const [text, bytes] of [
    ['', []],
    ['00ff', [0, 255]],
    [' 0A,b0:1c\n', [10, 176, 28]],
    ['0 a', [10]],
    ['0', null],
    ['0x01', null],
    ['zz', null],
  ] as const) {
    it(`are ${JSON.stringify(bytes)} for hexadecimal ${JSON.stringify(text)}`, () => {
      assert.deepEqual(parseHex(text), bytes && Uint8Array.from(bytes))
    })
  }

  for (const [text, bytes] of [
    ['', []],
    ['AQID/w==', [1, 2, 3, 255]],
    ['AQID/w', [1, 2, 3, 255]],
    ['AQID_w', [1, 2, 3, 255]],
    ['AQID\n /w==', [1, 2, 3, 255]],
    ['-_8=', [251, 255]],
    ['AQIDB', null],
    ['AQID=', null],
    ['AQ=', null],
    ['=AQI', null],
    ['A*==', null],
  ] as const) {
    it(`are ${JSON.stringify(bytes)} for base64 ${JSON.stringify(text)}`, () => {
      assert.deepEqual(parseBase64(text), bytes && Uint8Array.from(bytes))
    })
  }
})
