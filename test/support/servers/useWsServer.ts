// A WebSocket server for the tests of one suite.

import { after, before } from 'mocha'
import { type Behaviour, type Behaviours, startWsServer, type TestWsServer } from './wsServer.ts'

/** Sends back what comes, and closes after "bye". */
export const echo: Behaviour = (ws) => {
  ws.on('message', (data, isBinary) => {
    ws.send(data, { binary: isBinary })
    if (data.toString() === 'bye') ws.close(1000, 'done here')
  })
}

/** Starts it before the suite that it is called in, and closes it after; it is there while tests run. */
export function useWsServer(behaviours: Behaviours): Omit<TestWsServer, 'close'> {
  let server: TestWsServer
  before(async () => {
    server = await startWsServer(behaviours)
  })
  after(() => server.close())
  return {
    url: (path) => server.url(path),
    get port() {
      return server.port
    },
  }
}
