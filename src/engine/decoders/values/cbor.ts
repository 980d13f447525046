// CBOR without a protocol on top of it, one value or a sequence. [rfc8949] [rfc8742]

import { readCbor } from './cborValue.ts'
import { createValueProtocol } from './valueDecoder.ts'

export const cbor = createValueProtocol({
  name: 'cbor',
  version: 2,
  read: readCbor,
  // [rfc8949] 9.3, [rfc8742] 4
  contentType: /^application\/(?:cbor(?:-seq)?|[\w.-]+\+cbor(?:-seq)?)$/,
  subprotocol: /^(?:.+[.+-])?cbor$/i,
})
