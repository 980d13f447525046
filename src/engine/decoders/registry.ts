// The protocols that Lifeline decodes: a line for each.

import type { Protocol } from './decoder.ts'
import { jsonRpc } from './jsonRpc.ts'

/** The first one that fits is taken: what builds on another protocol stands before it. */
export const protocols: readonly Protocol[] = [jsonRpc]

/** Which decoders there are. A capture that others have decoded is decoded anew. */
export const decoderNames = protocols.map(({ name }) => name).join(' ')
