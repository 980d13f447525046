// Answers through a relay that holds: streams, dropped and replaced ones, and requests behind one that waits.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { comesTo } from '../../support/eventually.ts'
import { answer, answerBytes } from '../../support/servers/httpServer.ts'
import { gather, request, useRelay } from '../../support/tap/useRelay.ts'
import { useTapped } from '../../support/tap/useTapped.ts'

describe('answers through a relay that holds', () => {
  const tapped = useTapped(useRelay())

  async function asking(behaviours: Parameters<typeof tapped>[0]) {
    const made = await tapped(behaviours)
    made.relay.server.hold('client')
    const client = made.relay.connect()
    const came = gather(client)
    const ask = (path: string) => client.write(request(made.relay.host, path))
    return { ...made, client, came, ask }
  }

  const verdict = { id: 1, from: 'server', keepsAsking: false } as const

  for (const type of [
    'text/event-stream',
    'application/x-ndjson',
    'application/json-seq',
    'multipart/x-mixed-replace; boundary=b',
  ]) {
    it(`never holds ${type}`, async () => {
      const { relay, came, ask } = await asking({
        '/': ({ socket }) => {
          socket.write(`HTTP/1.1 200 OK\r\nContent-Type: ${type}\r\n\r\ndata: 1\n\n`)
        },
      })
      ask('/')
      await came.endsWith('data: 1\n\n')
      assert.equal(relay.of('held').length, 0)
    })
  }

  it('passes a slow one as it comes', async () => {
    const { relay, came, ask } = await asking({
      '/': ({ socket }) => {
        socket.write('HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\npart')
      },
    })
    ask('/')
    await came.endsWith('part')
    assert.equal(relay.of('held').length, 0)
  })

  it('ends the connection of a program whose answer is dropped', async () => {
    const { relay, client, came, ask } = await asking({ '/': answer(200, [], 'never') })
    ask('/')
    await comesTo(() => relay.of('held').length, 1)
    relay.server.verdict({ ...verdict, n: 1, act: 'drop' })
    await came.ended
    assert.equal(came.text(), '')
    client.end()
    await comesTo(
      () => relay.of('closed').map(({ by, failure }) => [by, failure]),
      [['relay', null]],
    )
  })

  it('sends another in its place, and goes on', async () => {
    const { relay, came, ask } = await asking({ '/': answer(200, [], 'old') })
    ask('/')
    await comesTo(() => relay.of('held').length, 1)
    const act = Buffer.from(answerBytes(404, [], 'new'))
    relay.server.verdict({ ...verdict, n: 1, act })
    await comesTo(came.text, act.toString('latin1'))
    relay.server.hold(null)
    ask('/')
    await came.endsWith('old')
  })

  it('has the answer to the next request wait behind the one that waits', async () => {
    const { relay, came, ask } = await asking({
      '/1': answer(200, [], 'one'),
      '/2': answer(200, [], 'two'),
    })
    ask('/1')
    await comesTo(() => relay.of('held').length, 1)
    ask('/2')
    await comesTo(() => relay.of('held').map(({ n }) => n), [1, 2])
    relay.server.verdict({ ...verdict, n: 2, act: 'pass' })
    assert.equal(came.text(), '')
    relay.server.verdict({ ...verdict, n: 1, act: 'pass' })
    await came.endsWith('two')
    assert.ok(came.text().includes('one'))
    assert.equal(relay.of('refused').length, 0)
  })

  it('holds one that ends with its connection, whose end waits behind it', async () => {
    const { relay, came, client, ask } = await asking({
      '/': ({ socket }) => {
        socket.end('HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nwhole')
      },
    })
    ask('/')
    await comesTo(() => relay.of('held').length, 1)
    assert.equal(came.text(), '')
    relay.server.verdict({ ...verdict, n: 1, act: 'pass' })
    await came.ended
    assert.ok(came.text().endsWith('whole'))
    client.end()
    await comesTo(() => relay.of('closed').length, 1)
  })

  it('passes what has come of one that breaks off', async () => {
    const { relay, came, ask } = await asking({
      '/': ({ socket }) => {
        socket.end('HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\npart')
      },
    })
    ask('/')
    await came.ended
    assert.ok(came.text().endsWith('part'))
    assert.equal(relay.of('held').length, 0)
  })

  it('passes interim answers at once, and its own', async () => {
    const { relay, came, ask } = await asking({
      '/': ({ socket }) => {
        const early = 'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n'
        socket.write(`${early}HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx`)
      },
    })
    ask('/')
    await comesTo(() => relay.of('held').length, 1)
    await comesTo(came.text, 'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n')
    const other = relay.connect()
    const refused = gather(other)
    other.write(request('elsewhere.example', '/'))
    await refused.ended
    assert.ok(refused.text().startsWith('HTTP/1.1 403 '))
    assert.equal(relay.of('held').length, 1)
  })

  it('forgets one whose program leaves', async () => {
    const { relay, client, ask } = await asking({ '/': answer(200, [], 'x') })
    ask('/')
    await comesTo(() => relay.of('held').length, 1)
    client.resetAndDestroy()
    await comesTo(() => relay.of('closed').length, 1)
    relay.server.verdict({ ...verdict, n: 1, act: 'pass' })
    relay.server.hold(null)
  })
})
