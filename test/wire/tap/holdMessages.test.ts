// Messages of WebSockets that a tap holds by a filter until the user has decided.

import assert from 'node:assert/strict'
import type { Socket } from 'node:net'
import { describe, it } from 'mocha'
import type { HoldRule, HoldVerdict } from '../../../src/shared/session/tapHolds.ts'
import { comesTo } from '../../support/eventually.ts'
import { useHeldSocket } from '../../support/tap/useHeldSocket.ts'

const rule = (filter: string, way: HoldRule['way'] = 'both'): HoldRule => ({ filter, way })
const change = (text: string): HoldVerdict => {
  return { kind: 'change', content: { kind: 'message', message: { type: 'text', text } } }
}
const pass = { kind: 'pass' } as const
const drop = { kind: 'drop' } as const

const compressed = {
  perMessageDeflate: { threshold: 0, zlibDeflateOptions: { level: 9 } },
} as const

describe('messages that a tap holds', () => {
  const open = useHeldSocket()

  it('wait when the filter matches, with what comes behind them, and pass as they were', async () => {
    const { session, client, heard, held, acts, all } = await open()
    await session.setHold(rule('type:order', 'server'))
    client.send('{"type":"hello"}')
    client.send('{"type":"order","price":0.01}')
    client.send('{"type":"bye"}')
    const item = await held(1)
    assert.deepEqual([item.kind, item.to, item.connection], ['message', 'server', 1])
    assert.equal(all('message').find(({ seq }) => seq === item.seq)?.direction, 'out')
    await comesTo(() => heard.server.join(), '{"type":"hello"}')
    assert.deepEqual(await session.heldContent(item.id), {
      kind: 'message',
      message: { type: 'text', text: '{"type":"order","price":0.01}' },
    })
    await session.decide(item.id, pass)
    await comesTo(() => heard.server.length, 3)
    assert.equal(heard.server[1], '{"type":"order","price":0.01}')
    await comesTo(() => acts().join(), 'tap-held Held for T, passed unchanged.')
    assert.equal(all('notice').at(-1)?.replyTo, item.seq)
    assert.equal(session.status().holds.count, 0)
    await assert.rejects(session.decide(item.id, pass), { code: 'no-such-held' })
    await assert.rejects(session.heldContent(item.id), { code: 'no-such-held' })
  })

  it('go on as they were changed, with both versions on record, or not at all', async () => {
    const { session, client, peer, heard, held, acts, all, text, payload } = await open()
    await session.setHold(rule(''))
    client.send('one')
    client.send(Buffer.from([1, 2]))
    const first = await held(2)
    const second = await held(2, 1)
    await session.decide(first.id, change('uno'))
    const bytes = Uint8Array.of(9, 8, 7)
    await session.decide(second.id, {
      ...{ kind: 'change', content: { kind: 'message', message: { type: 'binary', bytes } } },
    })
    await comesTo(() => heard.server.join(), 'uno,\u0009\u0008\u0007')
    peer.send('gone')
    await session.decide((await held(1)).id, drop)
    await comesTo(() => acts().length, 3)
    assert.deepEqual(acts(), [
      'tap-changed Held for T, passed changed.',
      'tap-changed Held for T, passed changed.',
      'tap-dropped Held for T, did not go on.',
    ])
    const [came] = all('message')
    const changed = all('notice').filter(({ code }) => code === 'tap-changed')
    assert.ok(came && changed[0] && changed[1])
    assert.deepEqual([text(came), text(changed[0])], ['one', 'uno'])
    assert.equal(changed[0].replyTo, came.seq)
    assert.deepEqual(payload(changed[1]), bytes)
    assert.deepEqual(heard.client, [])
  })

  it('are told and pass in their order, whatever is decided first', async () => {
    const { session, client, heard, held, all } = await open()
    await session.setHold(rule('', 'server'))
    for (const one of ['a', 'b', 'c']) client.send(one)
    const items = [await held(3), await held(3, 1), await held(3, 2)]
    for (const item of items.toReversed()) await session.decide(item.id, pass)
    await comesTo(() => heard.server.join(), 'a,b,c')
    const told = all('notice').filter(({ code }) => code === 'tap-held')
    assert.deepEqual(
      told.map(({ replyTo }) => replyTo),
      items.map(({ seq }) => seq),
    )
  })

  it('can be read behind a changed or dropped one of compressed messages with one memory', async () => {
    const { session, client, peer, heard, held, all } = await open(compressed, compressed)
    const message = (n: number) => JSON.stringify({ type: 'order', text: 'the same words', n })
    await session.setHold(rule('$.n = 2', 'server'))
    for (const n of [1, 2, 3, 4]) client.send(message(n))
    await session.decide((await held(1)).id, change('changed'))
    await comesTo(() => heard.server.join(), [message(1), 'changed', message(3), message(4)].join())
    await session.setHold(null)
    client.send(message(5))
    await comesTo(() => heard.server.at(-1), message(5))
    assert.ok(all('message').every(({ detail }) => detail.compressed))
    await session.setHold(rule('$.n = 2', 'client'))
    for (const n of [1, 2, 3]) peer.send(message(n))
    await session.decide((await held(1)).id, drop)
    await comesTo(() => heard.client.join(), [message(1), message(3)].join())
  })

  it('match by the path of a request from before, and by their connection', async () => {
    const { session, client, heard, held, connect } = await open()
    const other = await connect('/other')
    await session.setHold(rule('path:/other', 'server'))
    client.send('passes')
    other.send('waits')
    const item = await held(1)
    assert.equal(item.connection, 2)
    await comesTo(() => heard.server.join(), 'passes')
    await session.setHold(rule('conn:1', 'server'))
    assert.equal(session.status().holds.count, 1)
    other.send('behind it')
    client.send('waits, too')
    await held(2)
    await session.setHold(null)
    await comesTo(() => [...heard.server].sort().join(), 'behind it,passes,waits,waits, too')
    assert.deepEqual(session.status().holds, { rule: null, held: [], count: 0 })
  })

  it('are refused for a filter that cannot be read, and go on by the rule before', async () => {
    const { session, client, held } = await open()
    await session.setHold(rule('', 'server'))
    await assert.rejects(session.setHold(rule('nobody:knows (')), { code: 'bad-filter' })
    assert.equal(session.status().holds.rule?.filter, '')
    client.send('a')
    await held(1)
  })

  it('are told as lost where their connection ends, with all that waits behind them', async () => {
    const { session, client, held, acts, all, text } = await open()
    await session.setHold(rule('type:order', 'server'))
    const order = '{"type":"order"}'
    for (const one of [order, 'b', 'c', order, 'd']) client.send(one)
    await session.decide((await held(2, 1)).id, pass)
    await comesTo(() => all('message').map(text).join(), [order, 'b', 'c', order, 'd'].join())
    assert.deepEqual(acts(), [])
    const { _socket: socket } = client as unknown as { readonly _socket: Socket }
    socket.resetAndDestroy()
    const lost = 'tap-dropped The connection ended while it was held for T: it did not go on.'
    const behind =
      'tap-dropped The connection ended while it waited behind a held one: it did not go on.'
    await comesTo(acts, [lost, behind, behind, lost, behind])
    assert.deepEqual(
      all('notice')
        .filter(({ code }) => code === 'tap-dropped')
        .map(({ replyTo }) => replyTo),
      all('message').map(({ seq }) => seq),
    )
    assert.equal(session.status().holds.count, 0)
  })

  it('go on when the tap is stopped', async () => {
    const { session, client, heard, held, acts } = await open()
    await session.setHold(rule('', 'server'))
    client.send('a')
    client.send('b')
    await held(2)
    await session.stop()
    await comesTo(() => heard.server.join(), 'a,b')
    const passed = 'tap-held Held for T, passed unchanged.'
    assert.deepEqual(acts(), [passed, passed])
  })

  it('keep their credentials when they are changed, and show them to nobody', async () => {
    const { session, client, heard, held, all, text } = await open()
    const token = 'c2VjcmV0LXZhbHVlLTEyMzQ1Njc4OTA'
    await session.setHold(rule('', 'server'))
    client.send(JSON.stringify({ password: token, amount: 1 }))
    const item = await held(1)
    const content = await session.heldContent(item.id)
    assert.ok(content.kind === 'message' && content.message.type === 'text')
    const shown = content.message.text
    assert.match(shown, /\$\{secret:/)
    assert.ok(!shown.includes(token))
    await assert.rejects(session.decide(item.id, change(`${'$'}{secret:nobody}`)), {
      code: 'secret-unknown',
    })
    await session.decide(item.id, change(shown.replace('1}', '2}')))
    await comesTo(() => heard.server.join(), JSON.stringify({ password: token, amount: 2 }))
    const told = all('notice').find(({ code }) => code === 'tap-changed')
    assert.ok(told)
    assert.equal(text(told), shown.replace('1}', '2}'))
  })

  it('hide a credential that the user wrote into them', async () => {
    const { session, client, heard, held, all, text } = await open()
    await session.setHold(rule('', 'server'))
    client.send('{}')
    const written = '{"password":"bmV3LXBhc3N3b3JkLTEyMzQ1Njc4OTA"}'
    await session.decide((await held(1)).id, change(written))
    await comesTo(() => heard.server.join(), written)
    const told = all('notice').find(({ code }) => code === 'tap-changed')
    assert.ok(told)
    assert.match(text(told) ?? '', /\$\{secret:/)
  })
})
