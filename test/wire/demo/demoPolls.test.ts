// The demo server's answers to polling and long polling.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { pageOf, useFreshDemo } from '../../support/servers/useFreshDemo.ts'

describe('demo /poll', () => {
  const demo = useFreshDemo()

  it('has validators, and answers 304 to either of them while nothing is new', async () => {
    const first = await demo.get('/poll?rate=0')
    assert.equal(first.status, 200)
    assert.equal((await pageOf(first)).items.length, 5)
    const etag = first.headers.get('etag') ?? ''
    const modified = first.headers.get('last-modified') ?? ''
    assert.equal((await demo.get('/poll?rate=0', { 'If-None-Match': etag })).status, 304)
    assert.equal(
      (await demo.get('/poll?rate=0', { 'If-None-Match': `"x", W/${etag}` })).status,
      304,
    )
    assert.equal((await demo.get('/poll?rate=0', { 'If-Modified-Since': modified })).status, 304)
    const both = { 'If-None-Match': '"x"', 'If-Modified-Since': modified }
    assert.equal((await demo.get('/poll?rate=0', both)).status, 200)

    await demo.publish('{"from":"Ada","text":"Hello"}')
    const later = await demo.get('/poll?rate=0', { 'If-None-Match': etag })
    assert.equal(later.status, 200)
    assert.deepEqual(
      (await pageOf(later)).items.slice(-1).map((item) => item.type === 'chat' && item.text),
      ['Hello'],
    )
  })

  it('answers only what is newer than its ETag where it is asked for news', async () => {
    const path = '/poll?rate=0&news=1'
    const first = await demo.get(path)
    assert.equal(first.headers.get('vary'), 'If-None-Match')
    assert.equal((await pageOf(first)).items.length, 5)
    const etag = first.headers.get('etag') ?? ''
    assert.equal((await demo.get(path, { 'If-None-Match': etag })).status, 304)
    await demo.publish('one')
    await demo.publish('two')
    const next = await pageOf(await demo.get(path, { 'If-None-Match': etag }))
    assert.deepEqual(
      next.items.map((item) => item.type === 'chat' && item.text),
      ['one', 'two'],
    )
    const ofOtherFeed = { 'If-None-Match': etag.replace('0-', '0-uneven-') }
    assert.equal((await pageOf(await demo.get(path, ofOtherFeed))).items.length, 5)
  })

  it('is reset in the middle of its body when it is to drop', async () => {
    const response = await demo.get('/poll?rate=0&drop=2')
    assert.equal(response.status, 200)
    await assert.rejects(response.text())
  })
})

describe('demo /long-poll', () => {
  const demo = useFreshDemo()

  it('answers at once without a cursor, then holds until an item comes', async () => {
    const { cursor } = await pageOf(await demo.get('/long-poll?rate=0'))
    const held = demo.get(`/long-poll?rate=0&since=${cursor}`)
    const early = await Promise.race([held, demo.get('/poll?rate=0').then(() => 'nothing yet')])
    assert.equal(early, 'nothing yet')
    await demo.publish('Hello there')
    const answer = await held
    const { items, cursor: next } = await pageOf(answer)
    assert.equal(next, cursor + 1)
    assert.equal(answer.headers.get('x-cursor'), String(next))
    assert.deepEqual(
      items.map((item) => item.type === 'chat' && [item.from, item.text]),
      [['You', 'Hello there']],
    )
  })

  it('answers 204 when the hold is over', async () => {
    const response = await demo.get('/long-poll?rate=0&since=5&hold=20')
    assert.equal(response.status, 204)
    assert.equal(response.headers.get('x-cursor'), '5')
  })

  it('takes the cursor as an entity tag and in a body as well', async () => {
    await demo.publish('One')
    const first = await demo.get('/long-poll?rate=0')
    const etag = first.headers.get('etag') ?? ''
    assert.ok(first.headers.get('last-modified'))
    await demo.publish('Two')
    const tagged = await pageOf(await demo.get('/long-poll?rate=0', { 'If-None-Match': etag }))
    assert.equal(tagged.items.length, 1)
    const body = JSON.stringify({ since: Number(etag.slice(1, -1)) })
    const posted = await fetch(`${demo.url}/long-poll?rate=0`, { method: 'POST', body })
    assert.deepEqual(await pageOf(posted), tagged)
  })

  it('sends the items one by one where they are to trickle', async () => {
    await demo.publish('One')
    await demo.publish('Two')
    const response = await demo.get('/long-poll?rate=0&since=0&trickle=40')
    const chunks: string[] = []
    for await (const chunk of response.body ?? []) chunks.push(Buffer.from(chunk).toString())
    assert.ok(chunks.length > 1)
    assert.ok(
      chunks
        .join('')
        .trim()
        .split('\n')
        .every((line) => JSON.parse(line)),
    )
  })

  it('refuses a cursor that is none', async () => {
    assert.equal((await demo.get('/long-poll?since=abc')).status, 400)
  })
})
