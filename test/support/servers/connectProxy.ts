// A forward proxy for tests: CONNECT tunnels, plain requests, and refusals.

import { createServer, request as forward } from 'node:http'
import { connect, type Socket } from 'node:net'
import { closeWith, listenLocally } from './listenLocally.ts'

export interface TestProxy {
  readonly url: string
  readonly host: string
  /** `CONNECT host:port` or `GET http://…`, in order. */
  readonly seen: readonly string[]
  readonly authorizations: readonly (string | undefined)[]
  close(): Promise<void>
}

/** With `refuse`, CONNECT is answered with that status. */
export async function startProxy(refuse?: number): Promise<TestProxy> {
  const seen: string[] = []
  const authorizations: (string | undefined)[] = []
  const sockets = new Set<Socket>()
  const server = createServer((request, response) => {
    seen.push(`${request.method} ${request.url}`)
    authorizations.push(request.headers['proxy-authorization'])
    const { method = 'GET', headers, url = '' } = request
    const onward = forward(url, { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(response)
    })
    request.pipe(onward)
  })
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
  })
  server.on('connect', (request, client: Socket) => {
    seen.push(`CONNECT ${request.url}`)
    authorizations.push(request.headers['proxy-authorization'])
    if (refuse !== undefined) {
      client.end(`HTTP/1.1 ${refuse} Refused\r\nContent-Length: 0\r\n\r\n`)
      return
    }
    const [host, port] = (request.url ?? '').split(':')
    const onward = connect(Number(port), host, () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n')
      onward.pipe(client)
      client.pipe(onward)
    })
    sockets.add(onward)
    onward.on('error', () => client.destroy())
  })
  const port = await listenLocally(server)
  const host = `127.0.0.1:${port}`
  return {
    url: `http://${host}`,
    host,
    seen,
    authorizations,
    close: () => closeWith(server, sockets),
  }
}
