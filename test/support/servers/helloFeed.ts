// A feed that says hello to every method, and ends each connection.

import { answer, type HttpBehaviour } from './httpServer.ts'
import { acceptHead } from './wsServer.ts'

/** A client that polls makes a connection for each poll. */
export const helloFeed: HttpBehaviour = (request) => {
  if (request.header('upgrade')) openWebSocket(request)
  else if (request.header('accept')?.includes('event-stream'))
    answer(200, ['Content-Type: text/event-stream'], 'data: hello\n\n')(request)
  else answer(200, ['Connection: close'], 'hello')(request)
}

const openWebSocket: HttpBehaviour = ({ header, socket }) => {
  const key = header('sec-websocket-key') ?? ''
  socket.write(acceptHead({ headers: { 'sec-websocket-key': key } }))
  socket.write(Buffer.from('8105', 'hex'))
  socket.write('hello')
  socket.once('data', () => socket.end())
}
