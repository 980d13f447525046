// Answers that a tap holds by a filter until the user has decided.

import assert from 'node:assert/strict'
import { gzipSync } from 'node:zlib'
import { afterEach, describe, it } from 'mocha'
import type { HeldContent, HeldItem } from '../../../src/shared/session/tapHolds.ts'
import { comesTo } from '../../support/eventually.ts'
import { answer, startHttpServer, type TestHttpServer } from '../../support/servers/httpServer.ts'
import { startTap, type TapSession } from '../../support/tap/tapSession.ts'

type Answer = Extract<HeldContent, { kind: 'answer' }>
type Behaviours = Parameters<typeof startHttpServer>[0]

describe('answers that a tap holds', () => {
  let server: TestHttpServer | null = null
  let tap: TapSession | null = null
  afterEach(async () => {
    await tap?.stop()
    await server?.close()
  })

  async function tapped(behaviours: Behaviours, filter = '') {
    server = await startHttpServer(behaviours)
    const started = startTap(server.origin)
    tap = started
    const { session, all } = started
    await comesTo(() => session.status().listening !== null, true)
    await session.setHold({ filter, way: 'client' })
    const held = async (): Promise<{ item: HeldItem; content: Answer }> => {
      await comesTo(() => session.status().holds.count, 1)
      const [item] = session.status().holds.held
      assert.ok(item)
      const content = await session.heldContent(item.id)
      assert.ok(content.kind === 'answer')
      return { item, content }
    }
    const acts = () =>
      all('notice')
        .filter(({ code }) => /^tap-(?:held|changed|dropped)$/.test(code ?? ''))
        .map(({ code, detail }) => `${code} ${detail.message.replace(/[\d.]+ m?s/, 'T')}`)
    return { ...started, held, acts, address: session.status().listening ?? '' }
  }

  it('wait when the filter matches, and pass as they were', async () => {
    const own = await tapped({ '/a': answer(200, [], 'a'), '/b': answer(200, [], 'b') }, 'path:/b')
    assert.equal(await (await fetch(`${own.address}/a`)).text(), 'a')
    const coming = fetch(`${own.address}/b`)
    const { item, content } = await own.held()
    assert.deepEqual(
      [item.kind, item.to, content.status, content.body],
      ['answer', 'client', 200, 'b'],
    )
    await own.session.decide(item.id, { kind: 'pass' })
    assert.equal(await (await coming).text(), 'b')
    await comesTo(() => own.acts().join(), 'tap-held Held for T, passed unchanged.')
  })

  it('go on with another status, other fields and another body, though it was compressed', async () => {
    const fields = [
      'Content-Encoding: gzip',
      'X-Kept: k',
      'Set-Cookie: sid=MTIzNDU2Nzg5MGFiY2RlZg; Path=/',
    ]
    const own = await tapped({ '/': answer(200, fields, gzipSync('{"price":1}')) })
    const coming = fetch(own.address)
    const { item, content } = await own.held()
    assert.equal(content.body, '{"price":1}')
    assert.match(JSON.stringify(content.fields), /\$\{secret:/)
    assert.ok(!content.fields.some(([name]) => /^content-(?:length|encoding)$/i.test(name)))
    const changed = [...content.fields, ['X-New', 'n'] as const]
    const wanted = { ...content, status: 503, fields: changed, body: '{"price":0.01}' }
    await assert.rejects(
      own.session.decide(item.id, {
        ...{ kind: 'change', content: { ...wanted, fields: [['Content-Length', '1']] } },
      }),
      { code: 'bad-change' },
    )
    await own.session.decide(item.id, { kind: 'change', content: wanted })
    const got = await coming
    assert.deepEqual([got.status, await got.text()], [503, '{"price":0.01}'])
    assert.equal(got.headers.get('x-new'), 'n')
    assert.match(got.headers.get('set-cookie') ?? '', /^sid=MTIzNDU2Nzg5MGFiY2RlZg;/)
    await comesTo(
      () => own.acts().join(),
      'tap-changed Held for T, passed changed: status 200 → 503, its fields, its body.',
    )
    const told = own.all('notice').find(({ code }) => code === 'tap-changed')
    assert.ok(told)
    assert.equal(own.text(told), '{"price":0.01}')
    assert.equal(told.replyTo, item.seq)
  })

  it('keep a body that was not changed as it was on the wire', async () => {
    const fields = ['Content-Encoding: gzip']
    const own = await tapped({ '/': answer(200, fields, gzipSync('same')) })
    const coming = fetch(own.address)
    const { item, content } = await own.held()
    await own.session.decide(item.id, { kind: 'change', content: { ...content, status: 201 } })
    const got = await coming
    assert.deepEqual([got.status, await got.text()], [201, 'same'])
    assert.equal(got.headers.get('content-encoding'), 'gzip')
    const next = fetch(own.address, { method: 'HEAD' })
    const second = await own.held()
    assert.equal(second.content.body, null)
    const without = { ...second.content, status: 204, reason: 'No Content' }
    await own.session.decide(second.item.id, { kind: 'change', content: without })
    assert.equal((await next).status, 204)
  })

  it('tell one that has no body from one whose body is no text', async () => {
    const own = await tapped({
      '/': answer(200, [], Buffer.from([0xff])),
      '/head': answer(200),
      '/none': answer(204),
    })
    const shown: unknown[] = []
    for (const [path, method] of [
      ['/', 'GET'],
      ['/head', 'HEAD'],
      ['/none', 'GET'],
    ] as const) {
      const coming = fetch(`${own.address}${path}`, { method })
      const { item, content } = await own.held()
      shown.push([content.body, content.bodiless])
      await own.session.decide(item.id, { kind: 'pass' })
      await (await coming).arrayBuffer()
    }
    assert.deepEqual(shown, [
      [null, undefined],
      [null, true],
      [null, true],
    ])
  })

  it('end their program’s connection where they are dropped', async () => {
    const own = await tapped({ '/': answer(200, [], 'never') })
    const coming = fetch(own.address)
    coming.catch(() => {})
    const { item } = await own.held()
    await own.session.decide(item.id, { kind: 'drop' })
    await assert.rejects(coming)
    await comesTo(() => own.acts().join(), 'tap-dropped Held for T, did not go on.')
  })
})
