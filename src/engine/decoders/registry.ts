// The protocols that Lifeline decodes: a line for each.

import type { Endpoint } from '../../shared/endpoint/endpoint.ts'
import { actionCable } from './actionCable.ts'
import { cbor } from './cbor.ts'
import { centrifugo } from './centrifugo.ts'
import { companionPairs } from './companionPairs.ts'
import type { Protocol } from './decoder.ts'
import { graphQl } from './graphQl.ts'
import { jsonOf } from './json.ts'
import { jsonRpc } from './jsonRpc.ts'
import { mcp } from './mcp.ts'
import { messagePack } from './messagePack.ts'
import { modelProtocols } from './models.ts'
import { mqtt } from './mqtt.ts'
import { phoenix } from './phoenix.ts'
import { protobuf, protobufOf } from './protobuf.ts'
import { pusher } from './pusher.ts'
import { signalR } from './signalR.ts'
import { engineIo, socketIo } from './socketIo.ts'
import { sockJs } from './sockJs.ts'
import { stomp } from './stomp.ts'
import { wamp } from './wamp.ts'

/** The first one that fits is taken: what builds on another protocol stands before it. */
export const protocols: readonly Protocol[] = [
  // One a line.
  socketIo,
  engineIo,
  signalR,
  graphQl,
  wamp,
  mcp,
  phoenix,
  actionCable,
  centrifugo,
  pusher,
  sockJs,
  jsonRpc,
  ...modelProtocols,
  mqtt,
  stomp,
  messagePack,
  cbor,
  protobuf,
  jsonOf(null),
  companionPairs,
]

/** The same, and ahead of them what the profile tells of its own messages. */
export function protocolsOf({
  pair,
  protobuf,
}: Pick<Endpoint, 'pair' | 'protobuf'>): readonly Protocol[] {
  const told = [
    ...(pair === null ? [] : [jsonOf(pair)]),
    ...(protobuf === null ? [] : [protobufOf(protobuf)]),
  ]
  return told.length === 0 ? protocols : [...told, ...protocols]
}

/** The decoders that there are: `json-rpc/2`. A capture that others have decoded is decoded anew. */
export const decoderNames = protocols.map(({ name, version }) => `${name}/${version}`).join(' ')
