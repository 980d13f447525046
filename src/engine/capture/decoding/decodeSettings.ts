// Settings by which a capture's frames are decoded: those of the endpoint that it holds.

import type { DatabaseSync } from 'node:sqlite'
import { protocols, protocolsOf } from '../../decoders/registry.ts'
import type { Protocol } from '../../decoders/shapes/decoder.ts'
import { readWatched } from '../format/recordedSession.ts'

export interface DecodeSettings {
  /** `auto`, `off`, or a protocol's name. */
  readonly decode: string
  readonly protocols: readonly Protocol[]
}

/** By what crosses the wire where the capture names no endpoint. Throws what SQLite says. */
export function readDecodeSettings(database: DatabaseSync): DecodeSettings {
  const { endpoint } = readWatched(database)
  if (endpoint === null) return { decode: 'auto', protocols }
  return { decode: endpoint.decode, protocols: protocolsOf(endpoint) }
}
