// MessagePack without a protocol on top of it. [messagepack] https://github.com/msgpack/msgpack/blob/master/spec.md

import { readMessagePack } from './messagePackValue.ts'
import { createValueProtocol } from './valueDecoder.ts'

export const messagePack = createValueProtocol({
  name: 'messagepack',
  version: 2,
  read: readMessagePack,
  // The registered one, and those that were in use before it. [iana] Media Types
  contentType: /^application\/(?:(?:vnd\.|x-)?(?:msgpack|messagepack)|[\w.-]+\+msgpack)$/,
  subprotocol: /^(?:.+[.+-])?(?:msgpack|messagepack)$/i,
})
