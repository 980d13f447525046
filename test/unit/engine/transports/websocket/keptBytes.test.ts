// Bytes of a WebSocket that are shown where something is wrong: those of what is not handed over yet, however cut.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createArrivals } from '../../../../../src/engine/transports/websocket/wsArrivals.ts'
import { createKeptBytes } from '../../../../../src/engine/transports/websocket/wsKeptBytes.ts'
import { assertLinear } from '../../../../support/assertLinear.ts'

const text = '81 01 61'
const ping = '89 00'
const bytes = (hex: string) => Buffer.from(hex.replaceAll(' ', ''), 'hex')

/** A text, a close frame, a ping. */
const plain: ReadonlySet<number> = new Set([1, 8, 9])

interface Case {
  readonly title: string
  /** Frames that `ws` hands over as soon as they are complete. */
  readonly before: string
  /** What it does not hand over, and what is shown of it. */
  readonly wrong: string
  readonly shown?: string
  readonly sizeBytes?: number
  readonly surplus?: string
}

const cases: readonly Case[] = [
  { title: 'nothing', before: `${text} ${text}`, wrong: '', shown: '' },
  { title: 'a frame of a reserved opcode', before: text, wrong: '83 01 41' },
  { title: 'the first of several', before: text, wrong: `83 00 ${text}`, shown: '83 00' },
  { title: 'a frame that has not ended', before: text, wrong: '82 7e 40 00 01 02 03' },
  { title: 'the head of a frame that has not ended', before: `${ping} ${text}`, wrong: '82 7f 00' },
  { title: 'a message in fragments', before: text, wrong: '01 01 c3 00 01 41' },
  {
    title: 'a message in fragments, and what came between them',
    before: '',
    wrong: `01 01 c3 ${ping} 80 01 28`,
    shown: `01 01 c3 ${ping} 80 01 28`,
  },
  {
    title: 'the start of a long one',
    before: text,
    wrong: `82 7e 01 00 ${'ab'.repeat(200)}`,
    shown: `82 7e 01 00 ${'ab'.repeat(60)}`,
    sizeBytes: 204,
  },
  {
    title: 'what came behind a close frame',
    before: '88 00',
    wrong: '',
    shown: '',
    surplus: `${text} ff`,
  },
]

describe('The bytes that are shown of a WebSocket', () => {
  for (const { title, before, wrong, shown = wrong, sizeBytes, surplus = '' } of cases) {
    it(`are those of ${title}`, () => {
      const whole = bytes(before + wrong + surplus)
      for (const cut of [1, 2, 3, 5, 7, 1000]) {
        const arrivals = createArrivals(() => undefined, 64)
        for (let at = 0; at < whole.length; at += cut) {
          arrivals.feed(Uint8Array.from(whole.subarray(at, at + cut)), at)
          while (plain.has(arrivals.next?.opcode ?? -1)) arrivals.take()
        }
        const came = arrivals.oldestBytes()
        assert.equal(Buffer.from(came?.bytes ?? []).toString('hex'), bytes(shown).toString('hex'))
        assert.equal(came?.sizeBytes ?? 0, sizeBytes ?? bytes(shown).length, `cut at ${cut}`)
        const late = Buffer.from(arrivals.rest().surplus?.bytes ?? []).toString('hex')
        assert.equal(late, bytes(surplus).toString('hex'))
      }
    })
  }

  it('are all counted once where it breaks off', () => {
    const before = `${text} 01 01 61 ${ping} 80 01 62`
    for (const wrong of ['83 01 41', '01 01 c3 80 01 28', '82 7f 80 00 00 00 00 00 00 00 61']) {
      const whole = bytes(`${before} ${wrong} ${text} 81`)
      for (const cut of [1, 2, 3, 5, 7, 1000]) {
        let fragments = 0
        let counted = 0
        const arrivals = createArrivals(({ wireBytes }) => {
          fragments += wireBytes
        }, 64)
        const feed = (from: number, to: number) => {
          for (let at = from; at < to; at += cut) {
            arrivals.feed(Uint8Array.from(whole.subarray(at, Math.min(at + cut, to))), at)
          }
        }
        feed(0, bytes(`${before} ${wrong}`).length)
        for (let i = 0; i < 3; i++) {
          const { fragments: parts, wireBytes } = arrivals.take()
          if (parts === 1) counted += wireBytes
        }
        arrivals.tellFragments()
        const error = arrivals.oldestBytes()
        arrivals.breakOff(error)
        feed(bytes(`${before} ${wrong}`).length, whole.length)
        const { surplus } = arrivals.rest()
        counted += fragments + (error?.wireBytes ?? 0) + (surplus?.wireBytes ?? 0)
        assert.equal(counted, whole.length, `${wrong}, cut at ${cut}`)
        assert.equal(
          Buffer.from(surplus?.bytes ?? []).toString('hex'),
          bytes(`${text} 81`).toString('hex'),
        )
      }
    }
  })

  it('cost no more for each of very many pieces', () => {
    const keep = (pieces: number) => {
      const kept = createKeptBytes(64 * 1024)
      for (let i = 0; i < pieces; i++) {
        kept.forgetBefore(0)
        kept.add(Uint8Array.of(i))
      }
      return kept
    }
    assertLinear(50_000, keep)
    const kept = keep(200_000)
    assert.equal(kept.read(0, kept.end).bytes.length, 64 * 1024)
  })
})
