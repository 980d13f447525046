// Cursors of long polling: from which part of an answer into which part of a request, and what they save.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createLongPollingTransport } from '../../../src/engine/transports/polling/longPolling.ts'
import { testEndpoint, testOptions } from '../../support/samples/testEndpoint.ts'
import {
  answer,
  type HttpBehaviour,
  inTurn,
  startHttpServer,
} from '../../support/servers/httpServer.ts'
import { createRecordingIo, type RecordingIo, textOf } from '../../support/sessions/recordingIo.ts'
import { pollsOf } from '../../support/sessions/runPolls.ts'

const poll = pollsOf('long-polling', '/?room=1')

const detail = (io: RecordingIo | undefined) => io?.all('response')[0]?.detail

describe('A cursor of long polling', () => {
  it('goes from each answer into the next request, in the query', async () => {
    const { ios, targets } = await poll(
      inTurn(
        answer(200, [], '{"next":{"seq":[7]}}'),
        answer(204),
        answer(200, [], '{"next":{"seq":["a b"]}}'),
        answer(204),
      ),
      4,
      {
        cursor: {
          from: { kind: 'json', path: '$.next.seq[0]' },
          to: { kind: 'query', name: 'since' },
        },
      },
    )
    assert.deepEqual(targets, [
      '/?room=1',
      '/?room=1&since=7',
      '/?room=1&since=7',
      '/?room=1&since=a+b',
    ])
    assert.deepEqual(
      ios.map((io) => detail(io)?.cursor),
      [
        { from: null, to: '7' },
        { from: '7', to: '7' },
        { from: '7', to: 'a b' },
        { from: 'a b', to: 'a b' },
      ],
    )
  })

  it('goes from header to header', async () => {
    const { heads } = await poll(answer(200, ['X-Next: c9'], 'data'), 2, {
      headers: [['x-since', 'start']],
      cursor: { from: { kind: 'header', name: 'x-next' }, to: { kind: 'header', name: 'X-Since' } },
    })
    assert.match(heads[0] ?? '', /x-since: start/)
    assert.match(heads[1] ?? '', /X-Since: c9/)
    assert.doesNotMatch(heads[1] ?? '', /start/)
  })

  it('that is missing from an answer with data is told once', async () => {
    const { ios } = await poll(answer(200, [], '{}'), 3, {
      cursor: { from: { kind: 'json', path: 'c' }, to: { kind: 'query', name: 'c' } },
    })
    assert.deepEqual(
      ios.map((io) => io.all('notice').map(({ code }) => code)),
      [['cursor-missing'], [], []],
    )
  })

  it('that is too long is told, and the one before it is sent again', async () => {
    const long = 'x'.repeat(20)
    const { ios, targets } = await poll(
      inTurn(answer(200, [], '{"c":"one"}'), answer(200, [], `{"c":"${long}"}`), answer(204)),
      3,
      { cursor: { from: { kind: 'json', path: 'c' }, to: { kind: 'query', name: 'c' } } },
      { cursorChars: 10 },
    )
    assert.deepEqual(targets.slice(1), ['/?room=1&c=one', '/?room=1&c=one'])
    const [notice] = ios[1]?.all('notice') ?? []
    assert.equal(notice?.code, 'cursor-missing')
    assert.match(notice.detail.message, /more than 10 characters: the last one is sent again/)
  })

  it('that no header can carry is told once, and the session goes on', async () => {
    const { ios, heads } = await poll(answer(200, [], '{"c":"a\\r\\nX: ж"}'), 3, {
      cursor: { from: { kind: 'json', path: 'c' }, to: { kind: 'header', name: 'X-Since' } },
    })
    assert.deepEqual(
      ios.map((io) => io.all('notice').map(({ code }) => code)),
      [[], ['cursor-unplaced'], []],
    )
    assert.equal(ios[2]?.all('response').length, 1)
    assert.doesNotMatch(heads.join('\n'), /x-since/i)
  })

  it('is both validators, as Nchan wants them', async () => {
    const since = 'If-Modified-Since: Sun, 06 Nov 1994 08:49:01 GMT'
    const modified = (second: number) => `Last-Modified: Sun, 06 Nov 1994 08:49:0${second} GMT`
    const { ios, heads } = await poll(
      inTurn(
        answer(200, [modified(1), 'Etag: 0'], 'one'),
        answer(200, [modified(1), 'Etag: 1'], 'two'),
        answer(304),
        answer(204),
      ),
      4,
      { cursor: { from: { kind: 'validators' }, to: { kind: 'validators' } } },
    )
    assert.deepEqual(
      heads.map((head) => head.match(/^If-[^\r]*/gm)),
      [null, [since, 'If-None-Match: 0'], [since, 'If-None-Match: 1'], [since, 'If-None-Match: 1']],
    )
    assert.equal(detail(ios[1])?.cursor?.to, 'Sun, 06 Nov 1994 08:49:01 GMT 1')
  })

  it('is the last_seq of CouchDB, as since', async () => {
    const changes = (seq: string) =>
      answer(200, [], `{"results":[{"seq":${seq},"id":"a"}],"last_seq":${seq},"pending":0}`)
    const { targets } = await poll(inTurn(changes('5'), changes('"6-g1AA/x"'), answer(204)), 3, {
      query: [['feed', 'longpoll']],
      cursor: { from: { kind: 'json', path: 'last_seq' }, to: { kind: 'query', name: 'since' } },
    })
    assert.deepEqual(targets, [
      '/?room=1&feed=longpoll',
      '/?room=1&feed=longpoll&since=5',
      '/?room=1&feed=longpoll&since=6-g1AA%2Fx',
    ])
  })

  it('is the last update plus one, as messengers’ bots confirm what they have got', async () => {
    const updates = (...ids: readonly number[]) =>
      answer(200, [], JSON.stringify({ ok: true, result: ids.map((id) => ({ update_id: id })) }))
    const { ios, targets } = await poll(
      inTurn(updates(), updates(100, 101), updates(), updates(102)),
      5,
      {
        cursor: {
          from: { kind: 'json', path: 'result[-1].update_id', step: 1 },
          to: { kind: 'query', name: 'offset' },
        },
      },
    )
    assert.deepEqual(targets, [
      '/?room=1',
      '/?room=1',
      '/?room=1&offset=102',
      '/?room=1&offset=102',
      '/?room=1&offset=103',
    ])
    assert.deepEqual(
      ios.flatMap((io) => io.all('notice')),
      [],
    )
    assert.deepEqual(
      ios.slice(0, 4).map((io) => detail(io)?.empty),
      [true, false, true, false],
    )
  })

  it('is the next URL, from JSON or the header Link, with the API key of the endpoint', async () => {
    const { targets } = await poll(
      inTurn(
        answer(200, [], '{"next":"/?page=2"}'),
        answer(200, [], '{"next":"?page=3&key=other"}'),
        answer(204),
      ),
      3,
      {
        auth: { type: 'apiKey', in: 'query', name: 'key', value: 'k' },
        cursor: { from: { kind: 'json', path: 'next' }, to: { kind: 'url' } },
      },
    )
    assert.deepEqual(targets, ['/?room=1&key=k', '/?page=2&key=k', '/?page=3&key=other'])
    const linked = await poll(
      inTurn(answer(200, ['Link: </?p=2>; rel="next"'], 'a'), answer(204)),
      2,
      {
        cursor: { from: { kind: 'link', rel: 'next' }, to: { kind: 'url' } },
      },
    )
    assert.deepEqual(linked.targets, ['/?room=1', '/?p=2'])
  })

  it('that is a URL elsewhere is not followed, and told', async () => {
    const { ios, targets } = await poll(answer(200, [], '{"next":"http://example.test/"}'), 2, {
      cursor: { from: { kind: 'json', path: 'next' }, to: { kind: 'url' } },
    })
    assert.deepEqual(targets, ['/?room=1', '/?room=1'])
    assert.match(ios[1]?.all('notice')[0]?.detail.message ?? '', /no URL of the same origin/)
  })

  it('goes into the body, with every digit', async () => {
    const server = await startHttpServer({
      '/': inTurn(answer(200, [], '{"next":12345678901234567890}'), answer(204)),
    })
    const endpoint = testEndpoint({
      url: server.origin,
      method: 'long-polling',
      request: 'POST',
      body: '{"room":1}',
      cursor: { from: { kind: 'json', path: 'next' }, to: { kind: 'body', path: 'at.since' } },
    })
    const transport = createLongPollingTransport(testOptions(endpoint))
    for (let i = 0; i < 2; i++) await transport.connect(createRecordingIo())
    await transport.close()
    await server.close()
    assert.deepEqual(
      server.requests.map(({ body }) => body.toString()),
      ['{"room":1}', '{"room":1,"at":{"since":12345678901234567890}}'],
    )
  })

  it('that has no place in the body is told once', async () => {
    const { ios } = await poll(answer(200, [], '{"next":1}'), 3, {
      request: 'POST',
      body: 'plain text',
      cursor: { from: { kind: 'json', path: 'next' }, to: { kind: 'body', path: 'since' } },
    })
    assert.deepEqual(
      ios.map((io) => io.all('notice').map(({ code }) => code)),
      [[], ['cursor-unplaced'], []],
    )
  })
})

/** A server that numbers its data, and publishes in the very moment in which no request is open. */
function numberedFeed(): { readonly behaviour: HttpBehaviour; readonly published: () => number } {
  let newest = 1
  return {
    published: () => newest,
    behaviour({ target, socket }) {
      const since = new URL(target, 'http://h').searchParams.get('since')
      const from = since === null ? newest : Number(since) + 1
      if (from > newest) return
      const items = Array.from({ length: newest - from + 1 }, (_, i) => from + i)
      const body = JSON.stringify({ items, last: newest })
      socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`)
      newest++
    },
  }
}

describe('Data that is published while no request is open', () => {
  const items = (ios: readonly RecordingIo[]) =>
    ios.flatMap((io) =>
      io.all('response').flatMap((frame) => JSON.parse(textOf(frame)).items as number[]),
    )

  it('is not lost with a cursor', async () => {
    const feed = numberedFeed()
    const { ios } = await poll(feed.behaviour, 6, {
      cursor: { from: { kind: 'json', path: 'last' }, to: { kind: 'query', name: 'since' } },
    })
    assert.deepEqual(items(ios), [1, 2, 3, 4, 5, 6])
    assert.ok(ios.slice(1).every((io) => (io.all('request')[0]?.detail.gapMs ?? 0) > 0))
  })

  it('is lost without one', async () => {
    const feed = numberedFeed()
    const { ios } = await poll(
      ({ nth, ...request }) => {
        // What is published while the request is held is all that such a server can send.
        if (nth > 0) feed.behaviour({ ...request, nth, target: `/?since=${feed.published()}` })
        else feed.behaviour({ ...request, nth })
      },
      2,
      { timeoutMs: 400 },
    )
    assert.deepEqual(items(ios), [1])
    assert.equal(feed.published(), 2)
  })
})
