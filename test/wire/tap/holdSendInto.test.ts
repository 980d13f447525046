// Messages that the user sends into a WebSocket that passes a tap.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { comesTo } from '../../support/eventually.ts'
import { useHeldSocket } from '../../support/tap/useHeldSocket.ts'

describe('what the user sends into a connection of a tap', () => {
  const open = useHeldSocket()

  it('reaches the server or the program between their messages, and is told as sent by Lifeline', async () => {
    const { session, client, peer, heard, all, text, lines } = await open()
    client.send('one')
    await comesTo(() => heard.server.join(), 'one')
    await session.sendInto(1, 'server', { type: 'text', text: 'two' })
    await session.sendInto(1, 'client', { type: 'binary', bytes: new Uint8Array(70_000) })
    await comesTo(() => [heard.server.join(), heard.client.length].join(), 'one,two,1')
    peer.send('three')
    await comesTo(() => all('message').length, 4)
    const injected = all('message').filter(({ detail }) => detail.injected)
    assert.deepEqual(
      injected.map(({ direction, detail, sizeBytes, connection }) => {
        return [direction, detail.type, detail.masked, sizeBytes, connection]
      }),
      [
        ['out', 'text', true, 3, 1],
        ['in', 'binary', false, 70_000, 1],
      ],
    )
    assert.ok(injected[0])
    assert.equal(text(injected[0]), 'two')
    assert.ok(lines().some((line) => line.includes('two')))
  })

  it('is refused where no WebSocket is open, and where it is too large', async () => {
    const { session, client, all } = await open({}, {}, { limits: { messageBytes: 1024 } })
    const message = { type: 'text', text: 'a' } as const
    await assert.rejects(session.sendInto(2, 'server', message), { code: 'not-open' })
    const large = { type: 'binary', bytes: new Uint8Array(1025) } as const
    await assert.rejects(session.sendInto(1, 'server', large), { code: 'bad-change' })
    client.close()
    await comesTo(() => all('close').length, 2)
    await comesTo(
      async () => session.sendInto(1, 'server', message).catch(({ code }) => code),
      'not-open',
    )
  })
})
