// Holds of a tap where a connection ends, and where nobody can read what waits.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import type { Side } from '../../../../src/engine/relay/relayEvents.ts'
import { scriptTap } from '../../../support/tap/scriptedTap.ts'
import { frame } from '../../../support/tap/useTappedSocket.ts'

async function heldSocket() {
  const tap = await scriptTap('ws://api.example')
  const pair = tap.pair()
  const upgrade = ['Upgrade: websocket', 'Connection: Upgrade']
  pair.request('GET /ws', [...upgrade, 'Sec-WebSocket-Key: x'])
  pair.response('101 Switching Protocols', upgrade)
  await tap.session.setHold({ filter: '', way: 'both' })
  let lastN = 0
  return {
    ...{ tap, pair },
    /** A message that the relay asks about. */
    ask(from: Side, bytes: Uint8Array) {
      pair.body(from, bytes)
      pair.tell({ kind: 'held', from, n: ++lastN })
    },
    dropped: () => tap.all('notice').filter(({ code }) => code === 'tap-dropped'),
  }
}

describe('what a tap holds', () => {
  it('is told as lost with what nobody can read behind it', async () => {
    const { tap, pair, ask, dropped } = await heldSocket()
    ask('server', frame(0x81, 'a'))
    // Of nothing that was read.
    for (const n of [10, 11]) pair.tell({ kind: 'held', from: 'server', n })
    pair.closed('server')
    await new Promise((next) => setImmediate(next))
    assert.deepEqual(
      dropped().map(({ detail, replyTo }) => [detail.message.slice(0, 40), replyTo]),
      [
        ['The connection ended while it was held f', tap.all('message')[0]?.seq],
        ['2 messages that Lifeline could not read ', null],
      ],
    )
  })
})
