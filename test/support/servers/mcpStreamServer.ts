// An MCP server of the revision 2024-11-05 on loopback, in literal bytes: what it says goes over one event stream, what
// clients say comes in requests of their own. [mcp] 2024-11-05 basic/transports, HTTP with SSE

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { closeWith, listenLocally } from './listenLocally.ts'

export interface McpStreamServer {
  /** `http://127.0.0.1:port`; the stream is at `/sse`. */
  readonly origin: string
  close(): Promise<void>
}

/** Where the first event says that messages have to be sent to. */
export const mcpMessagesPath = '/messages?sessionId=6f3c'

/** What the server says to a message in which the text is found. */
const answers: readonly (readonly [found: string, ...said: readonly string[]])[] = [
  [
    '"method":"initialize"',
    '{"jsonrpc":"2.0","id":0,"result":{"protocolVersion":"2024-11-05","capabilities":{"tools":{}},"serverInfo":{"name":"sums","version":"0.9"}}}',
  ],
  [
    '"method":"notifications/initialized"',
    '{"jsonrpc":"2.0","method":"notifications/message","params":{"level":"info","data":"ready"}}',
    '{"jsonrpc":"2.0","id":0,"method":"roots/list"}',
  ],
  [
    '"roots":',
    '{"jsonrpc":"2.0","id":1,"method":"sampling/createMessage","params":{"messages":[],"maxTokens":8}}',
  ],
  ['"code":-1', '{"jsonrpc":"2.0","method":"notifications/tools/list_changed"}'],
  [
    '"name":"add"',
    '{"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":"t","progress":1,"total":2}}',
    '{"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":"5"}]}}',
  ],
  [
    '"name":"fails"',
    '{"jsonrpc":"2.0","id":2,"result":{"content":[{"type":"text","text":"Nothing to add"}],"isError":true}}',
  ],
  [
    '"name":"none"',
    '{"jsonrpc":"2.0","id":3,"error":{"code":-32602,"message":"Unknown tool: none"}}',
  ],
  ['"method":"ping"', '{"jsonrpc":"2.0","id":4,"result":{}}'],
]

export async function startMcpStreamServer(): Promise<McpStreamServer> {
  const sockets = new Set<Socket>()
  let stream: ServerResponse | null = null

  const say = (event: string, data: string) => stream?.write(`event: ${event}\ndata: ${data}\n\n`)

  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = ''
    for await (const chunk of request) body += chunk
    response.writeHead(202).end('Accepted')
    const [, ...said] = answers.find(([found]) => body.includes(found)) ?? []
    for (const message of said) say('message', message)
  }

  const server = createServer((request, response) => {
    if (request.url === mcpMessagesPath) return void take(request, response)
    stream = response.writeHead(200, { 'Content-Type': 'text/event-stream' })
    say('endpoint', mcpMessagesPath)
  })
  server.on('connection', (socket) => sockets.add(socket))
  return {
    origin: `http://127.0.0.1:${await listenLocally(server)}`,
    close: () => closeWith(server, sockets),
  }
}
