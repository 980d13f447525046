// Holds of a tap where a connection ends, and where nobody can read what waits.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import type { RelayVerdict } from '../../../../src/engine/relay/hold/holdOrders.ts'
import type { Side } from '../../../../src/engine/relay/relayEvents.ts'
import { comesTo } from '../../../support/eventually.ts'
import { type ScriptedTap, scriptTap } from '../../../support/tap/scriptedTap.ts'
import { frame } from '../../../support/tap/useTappedSocket.ts'

const token = 'Zm9vYmFyLWJhei1xdXg'
const signedIn = [`Authorization: Bearer ${token}`]

/** All that was recorded, as text. */
function recorded(tap: ScriptedTap): string {
  return tap.frames.map((one) => JSON.stringify(one) + (tap.text(one) ?? '')).join('\n')
}

/** Other credentials pass, more than are remembered. */
function forgetToken(tap: ScriptedTap): void {
  for (let i = 0; i < 100; i++) {
    const other = tap.pair()
    other.request('GET /other', [`Authorization: Bearer MTIzNDU2Nzg5MGFi${i + 100}`])
    other.answer('200 OK')
  }
}

async function heldSocket() {
  const verdicts: RelayVerdict[] = []
  const tap = await scriptTap('ws://api.example', {}, { verdict: (one) => verdicts.push(one) })
  const pair = tap.pair()
  const upgrade = ['Upgrade: websocket', 'Connection: Upgrade']
  pair.request('GET /ws', [...upgrade, 'Sec-WebSocket-Key: x', ...signedIn])
  pair.response('101 Switching Protocols', upgrade)
  await tap.session.setHold({ filter: '', way: 'both' })
  let lastN = 0
  return {
    ...{ tap, pair, verdicts },
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

  it('has what was sent into it told as lost, too, with no credential in the clear', async () => {
    const { tap, pair, dropped } = await heldSocket()
    const password = 'bmV3LXBhc3N3b3JkLTEyMzQ1Njc4OTA'
    const text = JSON.stringify({ password, n: 1 })
    await tap.session.sendInto(1, 'server', { type: 'text', text: 'goes in' })
    await tap.session.sendInto(1, 'server', { type: 'text', text })
    await tap.session.sendInto(1, 'client', { type: 'binary', bytes: Uint8Array.of(1, 2) })
    pair.tell({ kind: 'injected', to: 'server', n: 1 })
    pair.closed('server')
    await comesTo(() => dropped().length, 2)
    assert.deepEqual(
      dropped().map(({ detail, sizeBytes }) => [detail.message, sizeBytes]),
      [
        ['Your message to the server did not go in: the connection ended first.', text.length],
        ['Your message to the program did not go in: the connection ended first.', 2],
      ],
    )
    const [first] = dropped()
    assert.ok(first)
    assert.match(tap.text(first) ?? '', /^\{"password":"\$\{secret:.+\}","n":1\}$/)
    assert.ok(!recorded(tap).includes(password))
  })

  it('is told with references when it was changed, though their values are known no more', async () => {
    const { tap, ask, verdicts } = await heldSocket()
    ask('server', frame(0x81, `echo ${token} 1`))
    await comesTo(() => tap.session.status().holds.count, 1)
    const [item] = tap.session.status().holds.held
    assert.ok(item)
    const content = await tap.session.heldContent(item.id)
    assert.ok(content.kind === 'message' && content.message.type === 'text')
    const text = content.message.text.replace(' 1', ' 2')
    assert.match(text, /^echo \$\{secret:.+\} 2$/)
    forgetToken(tap)
    await tap.session.decide(item.id, {
      ...{ kind: 'change', content: { kind: 'message', message: { type: 'text', text } } },
    })
    assert.ok(Buffer.from(verdicts[0]?.act ?? '').includes(`echo ${token} 2`))
    const told = tap.all('notice').find(({ code }) => code === 'tap-changed')
    assert.ok(told)
    assert.deepEqual([tap.text(told), told.sizeBytes], [text, `echo ${token} 2`.length])
    assert.equal(told.detail.truncatedAt, undefined)
    assert.ok(!recorded(tap).includes(token))
  })

  for (const [name, path, body] of [
    ['with another body', '/a', 'another body'],
    ['with its own body', '/b', null],
  ] as const) {
    it(`is told with references as an answer ${name}, too`, async () => {
      const verdicts: RelayVerdict[] = []
      const tap = await scriptTap(
        'http://api.example',
        {},
        { verdict: (one) => verdicts.push(one) },
      )
      await tap.session.setHold({ filter: '', way: 'client' })
      const pair = tap.pair()
      pair.request(`GET ${path}`, signedIn)
      pair.answer('200 OK', [], `echo ${token} 1`)
      pair.tell({ kind: 'held', from: 'server', n: 1 })
      const [item] = tap.session.status().holds.held
      assert.ok(item)
      const content = await tap.session.heldContent(item.id)
      assert.ok(content.kind === 'answer' && content.body !== null)
      const wanted = body === null ? content.body : `${body} ${content.body}`
      forgetToken(tap)
      await tap.session.decide(item.id, {
        ...{ kind: 'change', content: { ...content, status: 503, body: wanted } },
      })
      const went = wanted.replace(/\$\{.*\}/, token)
      assert.ok(Buffer.from(verdicts[0]?.act ?? '').includes(went))
      const told = tap.all('notice').find(({ code }) => code === 'tap-changed')
      assert.ok(told)
      assert.deepEqual([tap.text(told), told.sizeBytes], [wanted, went.length])
      assert.equal(told.detail.truncatedAt, undefined)
      assert.ok(!recorded(tap).includes(token))
    })
  }
})
