// Event sources against a server whose paths each behave in their own way, for the tests of one `describe`.

import { after, before } from 'mocha'
import { createSseTransport } from '../../../src/engine/transports/stream/sse.ts'
import type { Outcome, Transport } from '../../../src/engine/transports/transport.ts'
import type { Endpoint } from '../../../src/shared/endpoint/endpoint.ts'
import type { NewFrame } from '../../../src/shared/frame/frame.ts'
import type { Limits } from '../../../src/shared/limits.ts'
import { testEndpoint, testOptions } from '../samples/testEndpoint.ts'
import { createRecordingIo, type RecordingIo, textOf } from '../sessions/recordingIo.ts'
import { type SseBehaviour, startSseServer, type TestSseServer } from './sseServer.ts'

export interface SseTests {
  /** While tests run. */
  server(): TestSseServer
  transportFor(path: string, fields?: Partial<Endpoint>, limits?: Partial<Limits>): Transport
  /** One connection, to its end. */
  run(
    path: string,
    fields?: Partial<Endpoint>,
    limits?: Partial<Limits>,
  ): Promise<{ readonly io: RecordingIo; readonly outcome: Outcome }>
}

export function useSseServer(behaviours: Readonly<Record<string, SseBehaviour>>): SseTests {
  let server: TestSseServer
  before(async () => {
    server = await startSseServer(behaviours)
  })
  after(() => server.close())

  const transportFor: SseTests['transportFor'] = (path, fields, limits) =>
    createSseTransport(
      testOptions(testEndpoint({ url: server.url(path), method: 'sse', ...fields }), limits),
    )

  return {
    server: () => server,
    transportFor,
    async run(path, fields, limits) {
      const io = createRecordingIo()
      const transport = transportFor(path, fields, limits)
      const outcome = await transport.connect(io)
      await transport.close()
      return { io, outcome }
    },
  }
}

/** What a frame of a stream tells: kind, detail, payload as text, bytes on the wire. */
export function told(frame: NewFrame | undefined): unknown[] {
  return [frame?.kind, frame?.detail, textOf(frame), frame?.wireBytes]
}
