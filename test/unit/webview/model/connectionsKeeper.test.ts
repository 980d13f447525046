// The list of connections as the page has it: counted for a tap, and read by pages where it is in view.

import assert from 'node:assert/strict'
import { mock } from 'node:test'
import { afterEach, beforeEach, describe, it } from 'mocha'
import type { TimelineSession } from '../../../../src/shared/calls/messages.ts'
import type { Method } from '../../../../src/shared/endpoint/endpoint.ts'
import type { AnalysisScope } from '../../../../src/shared/session/analysisResults.ts'
import type { ConnectionRow } from '../../../../src/shared/session/connections.ts'
import { createConnectionsKeeper } from '../../../../src/webview/model/connectionsKeeper.ts'
import { settle } from '../../../support/editor/fakeRows.ts'
import { quietSession, quietStatus } from '../../../support/sessions/quietSession.ts'

describe('the connections of a page', () => {
  let scopes: AnalysisScope[] = []
  let session: TimelineSession
  let keeper: ReturnType<typeof createConnectionsKeeper>

  const withFrames = (frames: number, method: Method = 'tap', readOnly = false) => ({
    ...quietSession,
    readOnly,
    status: { ...quietStatus, frames, method, state: 'open' as const },
  })
  const pass = async (ms: number) => {
    mock.timers.tick(ms)
    await settle()
  }
  const asked = () => scopes.map(({ connections }) => connections)

  beforeEach(() => {
    scopes = []
    session = withFrames(1)
    mock.timers.enable({ apis: ['setTimeout'] })
    keeper = createConnectionsKeeper({
      api: {
        analysis: (async (_: string, scope: AnalysisScope) => {
          scopes.push(scope)
          const { from = 0, count = 0 } = scope.connections ?? {}
          const rows = Array.from(
            { length: Math.min(count, 500 - from) },
            (_, index) => ({ key: String(from + index) }) as ConnectionRow,
          )
          const result = { connections: 9, open: 3, total: 500, from, rows, forgotten: 0 }
          return { result, upTo: 1, complete: true }
        }) as never,
      },
      get session() {
        return session
      },
      ready: true,
      clock: { now: () => 1000 },
      redraw: () => {},
    })
  })
  afterEach(() => mock.timers.reset())

  it('are counted for a tap though no list is shown, and for no other session', async () => {
    keeper.refresh()
    await pass(10)
    assert.deepEqual(asked(), [{ by: 'path', from: 0, count: 0, over: false }])
    assert.deepEqual([keeper.counts?.connections, keeper.counts?.open], [9, 3])
    session = withFrames(2, 'websocket')
    keeper.refresh()
    await pass(5000)
    assert.equal(scopes.length, 1)
  })

  it('are read by pages around what is in view', async () => {
    keeper.show({ by: 'number', first: 240, last: 255 })
    await pass(10)
    assert.deepEqual(asked(), [{ by: 'number', from: 150, count: 200, over: false }])
    assert.deepEqual([keeper.row(149), keeper.row(240)?.key], [undefined, '240'])
    keeper.show({ by: 'number', first: 245, last: 259 })
    await pass(5000)
    assert.equal(scopes.length, 1, 'a small step asks for nothing')
    keeper.show({ by: 'number', first: 499, last: 500 })
    await pass(5000)
    assert.deepEqual(asked().at(-1)?.from, 400)
    assert.equal(keeper.row(499)?.key, '499')
  })

  it('have no rows of the other list until that is read', async () => {
    keeper.show({ by: 'path', first: 0, last: 9 })
    await pass(10)
    assert.equal(keeper.total, 500)
    keeper.show({ by: 'number', first: 0, last: 9 })
    assert.deepEqual([keeper.total, keeper.row(0), keeper.rows], [0, undefined, []])
    await pass(2000)
    assert.equal(keeper.total, 500)
  })

  it('are asked for once a second at the most while frames come', async () => {
    keeper.show({ by: 'path', first: 0, last: 9 })
    await pass(10)
    for (let frames = 2; frames < 12; frames++) {
      session = withFrames(frames)
      keeper.refresh()
      await pass(0)
    }
    assert.equal(scopes.length, 1)
    await pass(1000)
    assert.equal(scopes.length, 2)
  })

  it('of a saved capture are over, whatever its last frame is', async () => {
    session = withFrames(1, 'tap', true)
    keeper.refresh()
    await pass(10)
    assert.equal(asked()[0]?.over, true)
    assert.equal(scopes[0]?.now, undefined)
  })
})
