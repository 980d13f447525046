// HTTP exchanges with a raw server where one path is one behaviour, for the tests of one suite.

import { after, before } from 'mocha'
import type { ExchangeContext } from '../../../src/engine/transports/http/exchange.ts'
import {
  type ExchangeRequest,
  type ExchangeResult,
  httpExchange,
} from '../../../src/engine/transports/http/httpExchange.ts'
import { createNetwork } from '../../../src/engine/transports/network/network.ts'
import type { FrameKind } from '../../../src/shared/frame/frame.ts'
import { defaultLimits, type Limits } from '../../../src/shared/limits.ts'
import { testEndpoint, testOptions } from '../samples/testEndpoint.ts'
import { createRecordingIo, type RecordingIo, textOf } from '../sessions/recordingIo.ts'
import { type HttpBehaviour, startHttpServer, type TestHttpServer } from './httpServer.ts'

export interface Exchanges {
  /** While tests run. */
  readonly server: TestHttpServer
  /** `target`: a path of the server, or a whole URL. By default a `GET` with 5 s of time. */
  start(
    target: string,
    fields?: Partial<ExchangeRequest>,
    limits?: Partial<Limits>,
    io?: RecordingIo,
  ): { readonly io: RecordingIo; readonly result: Promise<ExchangeResult> }
  /** The same, to its end. */
  ask(
    ...args: Parameters<Exchanges['start']>
  ): Promise<{ readonly io: RecordingIo; readonly result: ExchangeResult }>
}

/** Starts the server before the suite that it is called in; all exchanges share its kept connections. */
export function useExchanges(behaviours: Readonly<Record<string, HttpBehaviour>>): Exchanges {
  let server: TestHttpServer
  let network: ReturnType<typeof createNetwork>

  before(async () => {
    server = await startHttpServer(behaviours)
    const endpoint = testEndpoint({ url: server.origin, method: 'polling' })
    network = createNetwork(testOptions(endpoint))
  })

  after(async () => {
    network.close()
    await server.close()
  })

  const start: Exchanges['start'] = (target, fields, limits, io = createRecordingIo()) => {
    const context: ExchangeContext = { network, limits: { ...defaultLimits, ...limits }, io }
    const request: ExchangeRequest = {
      purpose: 'poll',
      method: 'GET',
      url: new URL(target, server.origin),
      headers: [],
      body: null,
      timeoutMs: 5000,
      ...fields,
    }
    return { io, result: httpExchange(request, context) }
  }

  return {
    get server() {
      return server
    },
    start,
    async ask(...args) {
      const { io, result } = start(...args)
      return { io, result: await result }
    },
  }
}

export const kinds = (io: RecordingIo): FrameKind[] => io.frames.map(({ kind }) => kind)

/** Of the last response. */
export const bodyOf = (io: RecordingIo): string => textOf(io.all('response').at(-1))
