// Findings of `ws` about a server, in words that its author understands: every sentence that the library has.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { describe, it } from 'mocha'
import {
  frameFlaw,
  handshakeFlaw,
} from '../../../../../src/engine/protocols/websocket/brokenRules.ts'
import { wsError, wsHandshakeError } from '../../../../../src/engine/protocols/websocket/wsError.ts'

const main = createRequire(import.meta.url).resolve('ws')
const sourceOf = (file: string) => readFileSync(main.replace(/index\.js$/, `lib/${file}`), 'utf8')
/** About the size of a message and about UTF-8, which have codes of their own. */
const otherCodes = /Max payload|payload length >|Too many|UTF-8/

describe('What breaks the rules of WebSocket', () => {
  it('is said in our own words, whatever `ws` finds in a frame of a server', () => {
    const found = [...sourceOf('receiver.js').matchAll(/createError\(\s*\w+,\s*(['`])(.*?)\1/g)]
    const texts = found.map(([, , text = '']) => text.replace(/\$\{.*?\}/, '7'))
    const own = texts.filter((text) => !otherCodes.test(text) && text !== 'MASK must be set')
    assert.ok(own.length >= 10, `${own.length}`)
    for (const text of own)
      assert.doesNotMatch(frameFlaw(`Invalid WebSocket frame: ${text}`), /^Inv/)
  })

  it('is said in our own words, whatever `ws` finds in the answer to the handshake', () => {
    const source = sourceOf('websocket.js').replaceAll(/' \+\s*'/g, '')
    const texts = [...source.matchAll(/'((?:Invalid|Server) [^']*)'/g)].map(([, text = '']) => text)
    assert.ok(texts.length >= 8, `${texts.length}`)
    for (const text of texts) assert.notEqual(handshakeFlaw(text), text)
  })

  it('names the opcode and the code that came', () => {
    const say = (text: string) => frameFlaw(`Invalid WebSocket frame: ${text}`)
    assert.equal(say('invalid opcode 11'), 'a frame has the opcode 11, which has no meaning')
    assert.equal(say('invalid opcode 0'), 'a frame continues a message, and no message is open')
    assert.equal(say('invalid opcode 1'), 'a message begins while another is not complete')
    assert.match(say('invalid status code 1006'), /the code 1006, which may not be sent/)
  })

  it('is advised on by what it is about', () => {
    const data = Object.assign(new Error('invalid block type'), { code: 'Z_DATA_ERROR' })
    assert.equal(
      wsError(data, 1, false).message,
      'The server sent a message whose compressed data cannot be decompressed.',
    )
    const utf8 = Object.assign(new Error('x'), { code: 'WS_ERR_INVALID_UTF8' })
    assert.match(wsError(utf8, 1, true).advice ?? '', /encode the reason as UTF-8/)
    const { advice, fields } = wsHandshakeError(new Error('Server sent no subprotocol'))
    assert.match(advice ?? '', /"subprotocols" in the profile/)
    assert.deepEqual(fields, ['subprotocols'])
    assert.match(
      wsHandshakeError(new Error('Invalid Upgrade header')).advice ?? '',
      /^Correct the answer/,
    )
  })
})
