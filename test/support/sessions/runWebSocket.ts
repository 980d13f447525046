// One WebSocket connection to a test server, from opening to end, and the bytes that such servers write.

import assert from 'node:assert/strict'
import type { Outcome, Transport } from '../../../src/engine/transports/transport.ts'
import { createWebSocketTransport } from '../../../src/engine/transports/websocket/websocket.ts'
import type { Endpoint } from '../../../src/shared/endpoint/endpoint.ts'
import type { NewFrame } from '../../../src/shared/frame/frame.ts'
import type { Limits } from '../../../src/shared/limits.ts'
import { testEndpoint, testOptions } from '../samples/testEndpoint.ts'
import { acceptHead, type RawBehaviour } from '../servers/wsServer.ts'
import { createRecordingIo, type RecordingIo } from './recordingIo.ts'

/** A close frame with 1000. */
export const closeNormally = [0x88, 0x02, 0x03, 0xe8]
/** Text in one frame, binary in three with a ping between, a pong, an empty text, and the close frame. */
export const mixed = [
  ...[0x81, 0x02, 0x68, 0x69],
  ...[0x02, 0x01, 0x01],
  ...[0x89, 0x01, 0x70],
  ...[0x00, 0x01, 0x02],
  ...[0x80, 0x01, 0x03],
  ...[0x8a, 0x00],
  ...[0x81, 0x00],
  ...closeNormally,
]

/** What a server writes right behind its handshake, in the same packet; then it reads on. */
export function sends(...bytes: number[]): RawBehaviour {
  return (socket, request) => {
    socket.write(Buffer.concat([Buffer.from(acceptHead(request), 'latin1'), Buffer.from(bytes)]))
    socket.on('data', () => null).on('end', () => socket.end())
  }
}

export function webSocketAt(
  url: string,
  fields: Partial<Endpoint> = {},
  limits: Partial<Limits> = {},
): Transport {
  return createWebSocketTransport(
    testOptions(testEndpoint({ url, method: 'websocket', ...fields }), limits),
  )
}

/** Resolves when the connection has ended. */
export async function runWebSocket(
  url: string,
  fields: Partial<Endpoint> = {},
  limits: Partial<Limits> = {},
): Promise<{ readonly io: RecordingIo; readonly outcome: Outcome }> {
  const io = createRecordingIo()
  const transport = webSocketAt(url, fields, limits)
  const outcome = await transport.connect(io)
  await transport.close()
  return { io, outcome }
}

/** Without the time that the peer took to answer a close frame. */
export function timeless(detail: NewFrame['detail']): object {
  const { replyMs, ...rest } = { replyMs: 0, ...detail }
  assert(replyMs >= 0 && replyMs < 5000)
  return rest
}
