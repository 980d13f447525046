// The decoding of a capture's frames, as the endpoint that it holds asks for.

import type { DatabaseSync } from 'node:sqlite'
import { createDecoding, type Decoding } from '../../decoders/decoding.ts'
import { protocolsOf } from '../../decoders/registry.ts'
import { readWatched } from '../format/recordedSession.ts'

/** By what crosses the wire where the capture names no endpoint. Throws what SQLite says. */
export function createRecordedDecoding(database: DatabaseSync): Decoding {
  const { endpoint } = readWatched(database)
  return endpoint === null
    ? createDecoding()
    : createDecoding(endpoint.decode, protocolsOf(endpoint))
}
