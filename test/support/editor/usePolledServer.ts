// A window with the Lifeline view and a server to poll, for the tests of one suite.

import { after, before } from 'mocha'
import type { Locator } from 'playwright-core'
import { answer, startHttpServer, type TestHttpServer } from '../servers/httpServer.ts'
import { openWorkbench, type Workbench } from './workbench.ts'

export interface PolledServerInTest {
  /** While tests run. */
  workbench(): Workbench
  /** Answers `x` at `/`. */
  server(): TestHttpServer
  /** Rows of the open quick pick that hold `text`. */
  item(text: string | RegExp): Locator
  /** The row of the first answer. */
  answered(): Locator
}

export function usePolledServer(): PolledServerInTest {
  let workbench: Workbench
  let server: TestHttpServer
  before(async () => {
    server = await startHttpServer({ '/': answer(200, [], 'x') })
    workbench = await openWorkbench({ theme: 'dark' })
    await workbench.openLifelineView()
  })
  after(async () => {
    await workbench?.close()
    await server?.close()
  })

  return {
    workbench: () => workbench,
    server: () => server,
    item: (text) => workbench.pickRows(text),
    answered: () => workbench.timelineFrame().locator('.row', { hasText: '200' }).first(),
  }
}
