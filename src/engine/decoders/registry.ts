// The protocols that Lifeline decodes: a line for each.

import type { Endpoint } from '../../shared/endpoint/endpoint.ts'
import { actionCable } from './channels/actionCable.ts'
import { centrifugo } from './channels/centrifugo.ts'
import { phoenix } from './channels/phoenix.ts'
import { pusher } from './channels/pusher.ts'
import { companionPairs } from './companions/companionPairs.ts'
import { graphQl } from './graphQl/graphQl.ts'
import { jsonOf } from './jsonRpc/json.ts'
import { jsonRpc } from './jsonRpc/jsonRpc.ts'
import { mcp } from './jsonRpc/mcp.ts'
import { modelProtocols } from './models/models.ts'
import { mqtt } from './mqtt/mqtt.ts'
import type { Protocol } from './shapes/decoder.ts'
import { signalR } from './signalR/signalR.ts'
import { engineIo, socketIo } from './socketIo/socketIo.ts'
import { sockJs } from './sockJs/sockJs.ts'
import { stomp } from './stomp/stomp.ts'
import { cbor } from './values/cbor.ts'
import { messagePack } from './values/messagePack.ts'
import { protobuf, protobufOf } from './values/protobuf.ts'
import { wamp } from './wamp/wamp.ts'

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
