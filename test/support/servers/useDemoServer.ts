// A demo server of its own for the tests of one suite.

import assert from 'node:assert/strict'
import { after, before } from 'mocha'
import { type DemoServer, startDemoServer } from '../../../src/demo/demoServer.ts'

/** What the demo server's WebSocket is asked for. */
export const subscribe = JSON.stringify({ op: 'subscribe', symbol: 'BTC-EUR' })

export interface DemoServerInTest {
  /** `http://127.0.0.1:port`; there once the tests run. */
  readonly url: string
}

/** Starts it before the suite that it is called in, on a free port, and closes it after. */
export function useDemoServer(): DemoServerInTest {
  let demo: DemoServer | null = null
  before(async () => {
    demo = await startDemoServer({ host: '127.0.0.1', port: 0 })
  })
  after(() => demo?.close())
  return {
    get url() {
      assert.ok(demo, 'the demo server has not been started')
      return demo.url
    },
  }
}
