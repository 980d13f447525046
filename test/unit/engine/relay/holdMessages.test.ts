// Messages of one way of a WebSocket that wait for their verdicts: cut, turned on, off and added to at every byte.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { relayLimits } from '../../../../src/engine/relay/relayLimits.ts'
import { scriptedHold } from '../../../support/tap/scriptedHold.ts'
import { frame } from '../../../support/tap/useTappedSocket.ts'

const text = frame(0x81, 'hi')
const part = frame(0x01, 'a')
const rest = frame(0x80, 'b')
const ping = frame(0x89, 'abc')
const masked = Buffer.from([0x89, 0x82, 9, 9, 9, 9, 1, 2])
const pong = frame(0x8a, '')
const added = frame(0x82, 'in')
const large = Buffer.concat([Buffer.from([0x81, 126, 4, 0]), Buffer.alloc(1024, 'x')])
const latin1 = (...frames: readonly Buffer[]) => Buffer.concat(frames).toString('latin1')

describe('messages that wait for their verdicts', () => {
  for (const dropsPings of [false, true]) {
    it(`are the same wherever their bytes are cut${dropsPings ? ', without pings' : ''}`, () => {
      const whole = Buffer.concat([text, ping, part, masked, rest, pong, ping, text])
      const aside = dropsPings ? latin1(pong) : latin1(ping, masked, pong, ping)
      for (let first = 0; first <= whole.length; first++) {
        for (let second = first; second <= whole.length; second++) {
          const hold = scriptedHold({ dropsPings })
          hold.ask(true)
          hold.pass(whole.subarray(0, first), whole.subarray(first, second), whole.subarray(second))
          assert.equal(hold.out(), aside)
          assert.deepEqual(hold.story, ['held 1', 'held 2', 'held 3'])
          assert.deepEqual(hold.toldBytes.slice(1), [4, 4 + 5 + 3 + 8 + 3, whole.length])
          for (const n of [1, 2, 3]) hold.verdict(n, 'pass')
          assert.equal(hold.out(), aside + latin1(text, part, rest, text))
          assert.equal(hold.told(), whole.toString('latin1'))
          assert.equal(hold.way.held(), 0)
        }
      }
    })
  }

  it('pass as they are wherever holding is turned on and off', () => {
    const whole = Buffer.concat([text, part, rest, text, part, frame(0x00, ''), rest, text])
    for (let on = 0; on <= whole.length; on++) {
      for (let off = on; off <= whole.length; off++) {
        const hold = scriptedHold()
        hold.pass(whole.subarray(0, on))
        hold.ask(true)
        hold.pass(whole.subarray(on, off))
        hold.ask(false)
        hold.pass(whole.subarray(off))
        assert.equal(hold.out(), whole.toString('latin1'))
        assert.equal(hold.way.messages.isOn(), false)
      }
    }
  })

  it('are not interrupted by one that is put in, wherever that is', () => {
    const messages = [text, Buffer.concat([part, rest]), text]
    const whole = Buffer.concat(messages)
    const all = messages.map((_, at) => {
      return latin1(...messages.slice(0, at + 1), added, ...messages.slice(at + 1))
    })
    for (let on = 0; on <= whole.length; on++) {
      for (let at = 1; at <= whole.length; at++) {
        const hold = scriptedHold()
        hold.pass(whole.subarray(0, Math.min(on, at)))
        if (on <= at) hold.ask(true)
        hold.pass(whole.subarray(Math.min(on, at), at))
        hold.inject(added)
        if (on > at) hold.pass(whole.subarray(at, on))
        hold.ask(true)
        hold.pass(whole.subarray(Math.max(on, at)))
        hold.ask(false)
        assert.ok(all.includes(hold.out()), `on at ${on}, put in at ${at}`)
        assert.equal(hold.story.filter((word) => word === 'injected').length, 1)
      }
    }
  })

  it('are followed by nothing that was put in where they never come to their end', () => {
    for (const end of ['close', 'end'] as const) {
      const hold = scriptedHold()
      hold.pass(part)
      hold.inject(added)
      if (end === 'close') hold.pass(frame(0x88, ''))
      hold.way.end()
      assert.equal(hold.out(), end === 'close' ? latin1(part, frame(0x88, '')) : latin1(part))
      assert.deepEqual(hold.story, ['end'])
    }
  })

  it('keep their order, whatever the order of their verdicts', () => {
    const hold = scriptedHold()
    hold.ask(true)
    const messages = Array.from({ length: 1000 }, (_, index) => frame(0x81, `${index}`))
    hold.pass(Buffer.concat(messages))
    for (let n = 2; n <= 1000; n += 2) hold.verdict(n, 'pass')
    assert.equal(hold.out(), '')
    for (let n = 999; n > 0; n -= 2) hold.verdict(n, 'pass')
    assert.equal(hold.out(), latin1(...messages))
  })

  it('count for more than their bytes, so that empty ones are held back, too', () => {
    const hold = scriptedHold()
    hold.ask(true)
    hold.pass(Buffer.concat(Array.from({ length: 5000 }, () => frame(0x81, ''))))
    assert.ok(hold.way.held() > relayLimits.heldBytes)
    hold.ask(false)
    assert.equal(hold.way.held(), 0)
  })

  it('count as they are gathered where something waits before them', () => {
    const hold = scriptedHold()
    hold.ask(true)
    hold.pass(text, large.subarray(0, 900))
    assert.ok(hold.way.held() > 900)
    hold.verdict(1, 'pass')
    assert.equal(hold.way.held(), 0)
    hold.pass(large.subarray(900))
    assert.equal(hold.out(), latin1(text, large))
  })

  it('pass where they are larger than may wait, in their order', () => {
    const hold = scriptedHold()
    hold.ask(true)
    hold.pass(text, large, text)
    assert.deepEqual(hold.story, ['held 1', 'held 2'])
    assert.equal(hold.out(), '')
    hold.verdict(1, 'drop')
    assert.equal(hold.out(), latin1(large))
    hold.pass(large.subarray(0, 500), large.subarray(500))
    hold.verdict(2, 'drop')
    assert.equal(hold.out(), latin1(large, large))
  })

  it('pass where they are lost to the recording', () => {
    const hold = scriptedHold()
    hold.ask(true)
    hold.pass(part)
    hold.setFull(true)
    hold.pass(rest, text)
    hold.setFull(false)
    // A loss is told with the frame in which it ends.
    hold.pass(text, text)
    assert.deepEqual(hold.story, ['held 1'])
    assert.equal(hold.out(), latin1(part, rest, text, text))
  })

  it('still wait behind one that was changed when holding is turned off', () => {
    const hold = scriptedHold()
    hold.ask(true)
    hold.pass(text, text)
    hold.verdict(1, added, true)
    hold.ask(false)
    hold.pass(text)
    assert.deepEqual(hold.story, ['held 1', 'held 2', 'held 3'])
    assert.equal(hold.out(), latin1(added))
    hold.verdict(2, added, true)
    hold.verdict(3, added, true)
    assert.equal(hold.out(), latin1(added, added, added))
  })

  it('end the connection where they cannot wait behind one that was changed', () => {
    const cannot = {
      large: [large],
      lost: [text],
    }
    for (const [why, then] of Object.entries(cannot)) {
      const hold = scriptedHold()
      hold.ask(true)
      hold.pass(text)
      hold.verdict(1, added, true)
      hold.setFull(why === 'lost')
      hold.pass(...then)
      assert.match(
        hold.story[1] ?? '',
        /^cut A message .* cannot be read behind one that was changed\.$/,
      )
      hold.pass(text)
      assert.equal(hold.out(), latin1(added))
    }
  })

  it('end the connection where one that could not wait is behind the one that is changed', () => {
    const hold = scriptedHold()
    hold.ask(true)
    hold.pass(text, large)
    hold.verdict(1, added, true)
    assert.match(hold.story.at(-1) ?? '', /^cut A message .* cannot be read behind one that was/)
    assert.ok(!hold.out().includes('x'))
  })

  it('take a ping that is larger than pings may be for what it is: no ping', () => {
    const hold = scriptedHold()
    hold.ask(true)
    const bad = Buffer.concat([Buffer.from([0x89, 126, 4, 0]), Buffer.alloc(1024, 'x')])
    hold.pass(text, bad, text)
    assert.equal(hold.out(), '')
    hold.ask(false)
    assert.equal(hold.out(), latin1(text, bad, text))
  })
})
