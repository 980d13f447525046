// Polls a loopback server a number of times and keeps the frames, for tests of polling and long polling.

import { createLongPollingTransport } from '../../../src/engine/transports/polling/longPolling.ts'
import { createPollingTransport } from '../../../src/engine/transports/polling/polling.ts'
import type { Outcome } from '../../../src/engine/transports/transport.ts'
import type { Endpoint } from '../../../src/shared/endpoint/endpoint.ts'
import type { Limits } from '../../../src/shared/limits.ts'
import { testEndpoint, testOptions } from '../samples/testEndpoint.ts'
import { type HttpBehaviour, startHttpServer } from '../servers/httpServer.ts'
import { createRecordingIo, type RecordingIo } from './recordingIo.ts'

export interface PollRun {
  /** By poll. */
  readonly ios: readonly RecordingIo[]
  readonly outcomes: readonly Outcome[]
  /** What the server got. */
  readonly targets: readonly string[]
  readonly heads: readonly string[]
  readonly connections: number
}

const transports = {
  polling: createPollingTransport,
  'long-polling': createLongPollingTransport,
}

/** Resolves when they have ended; they follow one another without waiting in between. */
export type RunPolls = (
  behaviour: HttpBehaviour,
  times: number,
  fields?: Partial<Endpoint>,
  limits?: Partial<Limits>,
  /** Of the first polls, where they are looked at meanwhile. */
  given?: readonly RecordingIo[],
) => Promise<PollRun>

/** `target`: path and query. */
export function pollsOf(method: keyof typeof transports, target: string): RunPolls {
  return async (behaviour, times, fields, limits, given = []) => {
    const server = await startHttpServer({ '/': behaviour })
    const endpoint = testEndpoint({ url: `${server.origin}${target}`, method, ...fields })
    const transport = transports[method](testOptions(endpoint, limits))
    const ios: RecordingIo[] = []
    const outcomes: Outcome[] = []
    for (let i = 0; i < times; i++) {
      const io = given[i] ?? createRecordingIo(i + 1)
      ios.push(io)
      outcomes.push(await transport.connect(io))
    }
    await transport.close()
    await server.close()
    const targets = server.requests.map((request) => request.target)
    const heads = server.requests.map(({ head }) => head)
    return { ios, outcomes, targets, heads, connections: server.connections }
  }
}
