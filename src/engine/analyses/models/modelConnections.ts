// The connections of a session on which language models may answer: each frame goes to its own.

import type { SeenFrame } from '../../../shared/frame/frame.ts'
import { modelLimits } from '../../../shared/session/modelLimits.ts'
import {
  createModelConnection,
  type ModelConnection,
  type Surroundings,
} from './modelConnection.ts'

export interface ModelConnections {
  /** As the contract of analyses has it. */
  wantedBytes(frame: SeenFrame): number
  /** Whether the frame could tell something of an answer. */
  add(frame: SeenFrame, seq: number, start: Uint8Array | null): boolean
}

export function createModelConnections(surroundings: Surroundings): ModelConnections {
  const connections = new Map<number, ModelConnection>()
  /** In a flood each frame is of the same connection as the one before it. */
  let last: ModelConnection | null = null
  let lastNumber = -1

  function find(number: number): ModelConnection {
    if (last !== null && number === lastNumber) return last
    let found = connections.get(number)
    if (!found) {
      found = createModelConnection(surroundings)
      connections.set(number, found)
      const [oldest] = connections.keys()
      if (connections.size > modelLimits.connections && oldest !== undefined) {
        connections.get(oldest)?.leave()
        connections.delete(oldest)
      }
    }
    last = found
    lastNumber = number
    return found
  }

  return {
    wantedBytes: (frame) =>
      isData(frame) && find(frame.connection).wants(frame) ? modelLimits.chunkBytes : 0,
    add(frame, seq, start) {
      // The end belongs to no connection.
      if (frame.kind === 'end')
        for (const one of connections.values()) one.end({ seq, at: frame.at })
      if (!isData(frame) && !endKinds.has(frame.kind)) return false
      find(frame.connection).add(frame, seq, start)
      return true
    },
  }
}

const dataKinds: ReadonlySet<SeenFrame['kind']> = new Set([
  'request',
  'response',
  'event',
  'record',
  'message',
])
const endKinds: ReadonlySet<SeenFrame['kind']> = new Set(['close', 'error', 'wait'])

function isData({ kind }: SeenFrame): boolean {
  return dataKinds.has(kind)
}
