// GraphQL over WebSocket, by either of its subprotocols, and over Server-Sent Events.

import type { DecodeInput, Protocol } from '../shapes/decoder.ts'
import { createGraphQlSocket, legacy, modern, startsOperation } from './graphQlSocket.ts'
import { createGraphQlStream, isOfStream } from './graphQlStream.ts'

export const graphQl: Protocol = {
  name: 'graphql',
  version: 3,
  fitsConnection: ({ subprotocol }) => subprotocol === modern || subprotocol === legacy,
  fitsData(inputs) {
    const newest = inputs.at(-1) as DecodeInput
    return newest.frame.kind === 'message' ? startsOperation(newest) : isOfStream(newest)
  },
  create() {
    const [socket, stream] = [createGraphQlSocket(), createGraphQlStream()]
    return {
      protocol: graphQl.name,
      push: (input) => (input.frame.kind === 'message' ? socket : stream).push(input),
      missed: (frame) => socket.missed(frame),
    }
  },
}
