// Connects so many times to an HTTP/2 server of one behaviour and keeps the frames, for tests of HTTP/2.

import { createTransport } from '../../../src/engine/createTransport.ts'
import type { Outcome } from '../../../src/engine/transports/transport.ts'
import type { Endpoint, Method } from '../../../src/shared/endpoint/endpoint.ts'
import type { Limits } from '../../../src/shared/limits.ts'
import { allowUntrusted, testEndpoint, testOptions } from '../samples/testEndpoint.ts'
import {
  type Http2Behaviour,
  type ReceivedStream,
  startHttp2Server,
  type TestHttp2Server,
} from '../servers/http2Server.ts'
import { makeCertificate } from '../servers/testCertificate.ts'
import { createRecordingIo, type RecordingIo } from './recordingIo.ts'

export const certificate = makeCertificate({ name: 'server', addresses: ['127.0.0.1'] })

/** Over TLS, where the server chooses HTTP/2. */
export const secure = { tls: certificate } as const

export interface Http2Run {
  readonly io: RecordingIo
  readonly outcomes: readonly Outcome[]
  readonly received: readonly ReceivedStream[]
  readonly connections: number
  readonly host: string
  /** As the server's sockets count them, in the clear. */
  readonly bytes: ReturnType<TestHttp2Server['bytes']>
}

/** Kinds of the frames that views show, or the codes of those that have one: all but control frames. */
export function told({ io }: Pick<Http2Run, 'io'>): string[] {
  const shown = io.frames.filter(({ kind }) => kind !== 'control')
  return shown.map(({ kind, code }) => code ?? kind)
}

export interface Http2RunOptions {
  readonly method?: Method
  readonly times?: number
  readonly fields?: Partial<Endpoint>
  readonly limits?: Partial<Limits>
  /** Without it in the clear, by prior knowledge. */
  readonly tls?: Parameters<typeof startHttp2Server>[1]
  /** Before each connection but the first. */
  between?(io: RecordingIo): Promise<unknown>
}

/** All connections have one transport and one record. */
export async function runHttp2(
  behave: Http2Behaviour,
  options: Http2RunOptions = {},
): Promise<Http2Run> {
  const server = await startHttp2Server(behave, options.tls)
  const version = options.tls === undefined ? ({ httpVersion: '2' } as const) : {}
  const run = await connectTo(`${server.origin}/a?b=1`, {
    ...options,
    fields: { ...version, ...options.fields },
  })
  const { received, connections, host } = server
  const bytes = server.bytes()
  await server.close()
  return { ...run, received, connections, host, bytes }
}

/** The same with whatever listens at the URL. */
export async function connectTo(
  url: string,
  { method = 'polling', times = 1, fields, limits, between }: Omit<Http2RunOptions, 'tls'>,
): Promise<{ readonly io: RecordingIo; readonly outcomes: readonly Outcome[] }> {
  const endpoint = testEndpoint({ url, method, ...allowUntrusted, ...fields })
  const transport = createTransport(testOptions(endpoint, limits))
  const io = createRecordingIo()
  const outcomes: Outcome[] = []
  for (let i = 0; i < times; i++) {
    if (i > 0) await between?.(io)
    outcomes.push(await transport.connect(io))
  }
  await transport.close()
  return { io, outcomes }
}
