// Protocol Buffers over WebSocket, in bytes that the library @bufbuild/protobuf writes, by a descriptor that a profile names.

import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'mocha'
import { recordedEndpoint } from '../../../src/engine/recordedEndpoint.ts'
import { shopDescriptor, shopMessage } from '../../support/samples/shopDescriptor.ts'
import { startWsServer, type TestWsServer } from '../../support/servers/wsServer.ts'
import { endpointAt, runSession } from '../../support/sessions/runSession.ts'

describe('Protocol Buffers', () => {
  let server: TestWsServer
  const folder = mkdtempSync(join(tmpdir(), 'lifeline-protobuf-'))
  const descriptor = join(folder, 'api.binpb')
  before(async () => {
    writeFileSync(descriptor, shopDescriptor)
    server = await startWsServer({
      accepted: {
        '/': (ws) => {
          ws.send(shopMessage('shop.Event', { id: 1, orders: [{ symbol: 'BTC', amount: '5' }] }))
        },
      },
    })
  })
  after(async () => {
    await server.close()
    rmSync(folder, { recursive: true })
  })

  /** What the row of the first message says, read back out of the capture alone. */
  async function watch(path: string) {
    const protobuf = { descriptor: path, in: 'shop.Event' }
    const endpoint = endpointAt(server.url(''), 'websocket', '/', { protobuf })
    const recorded = recordedEndpoint({ endpoint, resolved: endpoint })
    const run = await runSession(endpoint, {
      recorded,
      until: ({ kind }) => kind === 'message',
    })
    return run.lines.find((line) => line.startsWith('message '))
  }

  it('are told by the type that a profile names, also where the descriptor has gone since', async () => {
    assert.equal(
      await watch(descriptor),
      'message ▸ shop.Event {id: 1, orders: [{symbol: "BTC", amount: 5}]}',
    )
  })

  it('say where there is no descriptor, and are told by their numbers', async () => {
    const missing = join(folder, 'none.binpb')
    assert.equal(
      await watch(missing),
      `message message {1: 1, 2: {1: "BTC", 2: 5}} · flaw: The descriptor of "protobuf" does not exist: ${missing}`,
    )
  })
})
