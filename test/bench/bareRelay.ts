// A relay that knows nothing: two sockets, each piped into the other, in a thread of its own.

import { connect, createServer, type Socket } from 'node:net'
import { parentPort, workerData } from 'node:worker_threads'

const server = createServer({ noDelay: true }, (client: Socket) => {
  const peer = connect({ port: workerData.port, host: '127.0.0.1', noDelay: true })
  client.on('error', () => peer.destroy())
  peer.on('error', () => client.destroy())
  client.pipe(peer)
  peer.pipe(client)
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  parentPort?.postMessage(typeof address === 'object' ? address?.port : null)
})
