// HTTP answers that are streams: chunks handed on as they come, held back, broken off.

import assert from 'node:assert/strict'
import { gzipSync } from 'node:zlib'
import { describe, it } from 'mocha'
import {
  answer,
  type HttpBehaviour,
  raw,
  startHttpServer,
} from '../../support/servers/httpServer.ts'
import { kinds, useExchanges } from '../../support/servers/useExchanges.ts'

const chunkedHead = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n'

const behaviours: Readonly<Record<string, HttpBehaviour>> = {
  '/half-chunked': raw(`${chunkedHead}\r\n4\r\nhalf\r\n`, 'end'),
  '/large': answer(200, [], 'x'.repeat(5000)),
}

describe('An HTTP exchange that is a stream', () => {
  const { ask, start } = useExchanges(behaviours)

  it('hands on chunks as they come without a time limit, and its frame comes with the head', async () => {
    const chunks: string[] = []
    let finish = () => {}
    const fresh = await startHttpServer({
      '/': ({ socket }) => {
        socket.write(`${chunkedHead}Content-Encoding: gzip\r\n\r\n`)
        finish = () => socket.write('0\r\n\r\n')
        const coded = gzipSync('one two')
        socket.write(`${coded.length.toString(16)}\r\n`)
        socket.write(coded)
        socket.write('\r\n')
      },
    })
    let wire = 0
    const { io, result } = start(fresh.origin, {
      timeoutMs: 1000,
      plan: () => ({
        kind: 'stream',
        chunk(bytes, at, wireBytes) {
          assert.ok(at > 0)
          wire += wireBytes
          chunks.push(Buffer.from(bytes).toString())
          assert.equal(io.all('response').length, 1)
          setTimeout(finish, 1050)
        },
      }),
    })
    assert.equal((await result).kind, 'answered')
    assert.equal(chunks.join(''), 'one two')
    assert.deepEqual(kinds(io), ['request', 'response'])
    assert.equal(io.all('response')[0]?.payload, null)
    assert.ok(wire >= gzipSync('one two').length)
    await fresh.close()
  })

  it('is held back by its consumer', async () => {
    const held = Promise.withResolvers<void>()
    const called = Promise.withResolvers<void>()
    let ended = false
    const { result } = start('/large', {
      plan: () => ({
        kind: 'stream',
        chunk() {
          called.resolve()
          return held.promise
        },
      }),
    })
    const watched = result.then(() => {
      ended = true
    })
    await called.promise
    for (let turn = 0; turn < 20; turn++) await new Promise((next) => setImmediate(next))
    assert.equal(ended, false)
    held.resolve()
    await watched
    assert.equal((await result).kind, 'answered')
  })

  it('that breaks is an error after its response', async () => {
    const { io, result } = await ask('/half-chunked', {
      plan: () => ({ kind: 'stream', chunk: () => undefined }),
    })
    assert.deepEqual(kinds(io), ['request', 'response', 'error'])
    assert.ok(result.kind === 'failed' && result.head !== null)
  })

  it('rejects when its consumer throws', async () => {
    const { result } = start('/large', {
      plan: () => ({
        kind: 'stream',
        chunk() {
          throw new Error('ours')
        },
      }),
    })
    await assert.rejects(result, /ours/)
  })

  it('rejects when its consumer throws at the end that it breaks off with', async () => {
    const { result } = start('/half-chunked', {
      plan: () => ({
        kind: 'stream',
        chunk: () => undefined,
        over() {
          throw new Error('ours')
        },
      }),
    })
    await assert.rejects(result, /ours/)
  })
})
