// The names of the two lifelines of a session, for its timeline and its diagrams.

import { peerName } from '../url/names.ts'
import type { Endpoint } from './endpoint.ts'

export interface Lifelines {
  readonly client: string
  readonly server: string
}

/** Where nobody else connects. */
export const lifelineItself = 'Client'

/** Who connects to a tap is the user's own program. */
export function lifelinesOf({ method, url }: Pick<Endpoint, 'method' | 'url'>): Lifelines {
  return { client: method === 'tap' ? 'my program' : lifelineItself, server: peerName(url) }
}
