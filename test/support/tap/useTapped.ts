// A relay before a server of the test's own behaviours, and the faults that are turned on at it.

import { afterEach } from 'mocha'
import type { FaultAct, TapFault } from '../../../src/shared/session/tapFaults.ts'
import { type HttpBehaviour, startHttpServer, type TestHttpServer } from '../servers/httpServer.ts'
import type { RelayOptions, TestRelay } from './useRelay.ts'

/** Everywhere, until it is turned off. */
export const fault = (act: FaultAct, wish: Partial<TapFault> = {}): TapFault => {
  return { act, path: '', connection: null, forMs: null, ...wish }
}

/** The server of each test is closed after it. */
export function useTapped(startRelay: (url: string, options?: RelayOptions) => Promise<TestRelay>) {
  let server: TestHttpServer | null = null
  afterEach(() => server?.close())
  return async (
    behaviours: Readonly<Record<string, HttpBehaviour>>,
    settings: RelayOptions['settings'] = {},
  ) => {
    server = await startHttpServer(behaviours)
    const { origin, host, requests } = server
    return { relay: await startRelay(origin, { settings }), origin, host, requests }
  }
}
