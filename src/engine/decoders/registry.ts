// The protocols that Lifeline decodes: a line for each.

import type { Protocol } from './decoder.ts'
import { jsonRpc } from './jsonRpc.ts'

/** The first one that fits is taken: what builds on another protocol stands before it. */
export const protocols: readonly Protocol[] = [jsonRpc]

/** The decoders that there are: `json-rpc/2`. A capture that others have decoded is decoded anew. */
export const decoderNames = protocols.map(({ name, version }) => `${name}/${version}`).join(' ')
