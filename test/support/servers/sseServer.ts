// A loopback HTTP server for tests of event streams: one path is one behaviour.

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { closeWith, listenLocally } from './listenLocally.ts'

/** `visit` counts the requests to this path from 1. */
export type SseBehaviour = (
  response: ServerResponse,
  request: IncomingMessage,
  visit: number,
) => void

export interface TestSseServer {
  /** `http://127.0.0.1:port` and the path. */
  url(path: string): string
  /** Requests so far, to all paths. */
  readonly requests: readonly IncomingMessage[]
  close(): Promise<void>
}

export async function startSseServer(
  behaviours: Readonly<Record<string, SseBehaviour>>,
): Promise<TestSseServer> {
  const sockets = new Set<Socket>()
  const requests: IncomingMessage[] = []
  const visits = new Map<string, number>()
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://x').pathname
    const visit = (visits.get(path) ?? 0) + 1
    visits.set(path, visit)
    requests.push(request)
    const behave = behaviours[path]
    if (behave) behave(response, request, visit)
    else response.writeHead(404, { 'Content-Type': 'text/plain' }).end('not here\n')
  })
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  const port = await listenLocally(server)
  return {
    url: (path) => `http://127.0.0.1:${port}${path}`,
    requests,
    close: () => closeWith(server, sockets),
  }
}

/** Answers with an event stream that holds `text`; it stays open until the response is ended. */
export function stream(response: ServerResponse, text: string | Uint8Array): ServerResponse {
  response.writeHead(200, { 'Content-Type': 'text/event-stream' })
  response.write(text)
  return response
}
