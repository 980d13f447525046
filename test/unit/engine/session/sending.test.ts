// Things that may be sent, and the answers where they may not.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createSending } from '../../../../src/engine/session/sending.ts'
import { createSentAgain } from '../../../../src/engine/session/sentAgain.ts'
import type { Sender } from '../../../../src/engine/transports/transport.ts'
import type { SavedMessage } from '../../../../src/shared/endpoint/endpoint.ts'
import { defaultLimits } from '../../../../src/shared/limits.ts'

const messages: readonly SavedMessage[] = [
  { name: 'Subscribe', kind: 'text', value: '{"op":"subscribe"}' },
  { name: 'Bytes', kind: 'hex', value: '01 ff' },
  { name: 'Lost', kind: 'file', value: '/nowhere/at/all.bin' },
]

const noFrames = createSentAgain(undefined, () => 'same')

function make({ open = true, webSocket = true } = {}) {
  const calls: unknown[][] = []
  const note =
    (name: string) =>
    async (...args: unknown[]) =>
      void calls.push([name, ...args])
  const sender: Sender = {
    send: note('send'),
    ping: note('ping'),
    closeWith: note('closeWith'),
    repeat: (...args: unknown[]) => void calls.push(['repeat', ...args]),
    repeatMs: null,
  }
  const sending = createSending({
    source: { messages, ...(webSocket && { sender }) },
    limits: defaultLimits,
    signal: new AbortController().signal,
    isOpen: () => open,
    onRepeat: () => calls.push(['told']),
    sentAgain: noFrames,
  })
  return { calls, sending }
}

describe('sending on a WebSocket', () => {
  const text = { type: 'text', text: 'hi' } as const

  it('hands messages, pings, close frames and repeated messages to the transport', async () => {
    const { calls, sending } = make()
    await sending.send(text)
    await sending.send({ type: 'saved', name: 'Subscribe' })
    await sending.send({ type: 'saved', name: 'Bytes' })
    await sending.ping(Uint8Array.of(1))
    await sending.repeat({ type: 'saved', name: 'Subscribe' }, 1000)
    await sending.repeat(null, 0)
    await sending.closeWith(4000, 'bye')
    assert.deepEqual(calls, [
      ['send', text],
      ['send', { type: 'text', text: '{"op":"subscribe"}' }],
      ['send', { type: 'binary', bytes: Uint8Array.of(1, 255) }],
      ['ping', Uint8Array.of(1)],
      ['repeat', { type: 'text', text: '{"op":"subscribe"}' }, 1000],
      ['told'],
      ['repeat', null, 0],
      ['told'],
      ['closeWith', 4000, 'bye'],
    ])
  })

  it('may be set to repeat before it is open', async () => {
    const { calls, sending } = make({ open: false })
    await sending.repeat(text, 500)
    assert.deepEqual(calls[0], ['repeat', text, 500])
  })

  const refusals: readonly [
    what: string,
    code: string,
    act: (sending: ReturnType<typeof make>['sending']) => Promise<void>,
    state?: Parameters<typeof make>[0],
  ][] = [
    ['a message before it is open', 'not-open', (s) => s.send(text), { open: false }],
    ['a ping before it is open', 'not-open', (s) => s.ping(new Uint8Array()), { open: false }],
    ['a close frame before it is open', 'not-open', (s) => s.closeWith(1000, ''), { open: false }],
    ['a message by another method', 'cannot-send', (s) => s.send(text), { webSocket: false }],
    [
      'a ping by another method',
      'cannot-send',
      (s) => s.ping(new Uint8Array()),
      { webSocket: false },
    ],
    [
      'a close frame by another method',
      'cannot-send',
      (s) => s.closeWith(1000, ''),
      { webSocket: false },
    ],
    [
      'repeating by another method',
      'cannot-send',
      (s) => s.repeat(text, 1000),
      { webSocket: false },
    ],
    [
      'a message that the profile lacks',
      'no-such-message',
      (s) => s.send({ type: 'saved', name: 'X' }),
    ],
    [
      'a file that cannot be read',
      'file-not-readable',
      (s) => s.send({ type: 'saved', name: 'Lost' }),
    ],
    ['repeating too often', 'bad-interval', (s) => s.repeat(text, 99)],
    ['repeating after no time', 'bad-interval', (s) => s.repeat(text, Number.NaN)],
    ['repeating later than a timer can', 'bad-interval', (s) => s.repeat(text, 2 ** 31)],
    ['a code that must not be sent', 'bad-close', (s) => s.closeWith(1006, '')],
    ['a reason that does not fit', 'bad-close', (s) => s.closeWith(1000, 'é'.repeat(62))],
  ]
  for (const [what, code, act, state] of refusals) {
    it(`refuses ${what} with ${code}`, async () => {
      const { calls, sending } = make(state)
      await assert.rejects(act(sending), { code })
      assert.deepEqual(calls, [])
    })
  }
})
