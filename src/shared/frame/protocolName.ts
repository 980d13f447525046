// The application protocols that are decoded, by their decoders' names, as people know them.

import { modelNames } from './modelApis.ts'

const names = {
  'json-rpc': 'JSON-RPC 2.0',
  mcp: 'MCP',
  'engine.io': 'Engine.IO',
  'socket.io': 'Socket.IO',
  graphql: 'GraphQL',
  signalr: 'SignalR',
  stomp: 'STOMP',
  sockjs: 'SockJS',
  mqtt: 'MQTT',
  phoenix: 'Phoenix',
  'action-cable': 'Action Cable',
  pusher: 'Pusher',
  centrifugo: 'Centrifugo',
  wamp: 'WAMP',
  messagepack: 'MessagePack',
  cbor: 'CBOR',
  protobuf: 'Protocol Buffers',
  json: 'JSON',
  ...modelNames,
} as const

/** Stands where a protocol does, of companion requests and what they caused: what those speak nobody knows. */
export const companionName = 'companion'

/** The decoders' names, as a profile may have them. */
export const protocolNames = Object.keys(names) as readonly string[]

/** `decoder`: a decoder's name; one of another version of Lifeline stays as it is. */
export function protocolName(decoder: string): string {
  return Object.hasOwn(names, decoder) ? names[decoder as keyof typeof names] : decoder
}
