// The registry of rules by family. A new one is a place in a file of its family, with a test that fires and one that does
// not; `npm run generate` writes its section of docs/doctor.md.

import { appAnswerRules } from './app/answers.ts'
import { clientPongRules } from './app/clientPongs.ts'
import { heartbeatRules } from './app/heartbeats.ts'
import { limitRules } from './endings/limits.ts'
import { reconnectingRules } from './endings/reconnecting.ts'
import { mcpRules } from './mcp/mcp.ts'
import { driftRules } from './messages/drift.ts'
import { answerRules } from './models/answers.ts'
import { sequenceRules } from './models/sequence.ts'
import { cachingRules } from './polling/caching.ts'
import { heldRules } from './polling/held.ts'
import { paceRules } from './polling/pace.ts'
import { refusalRules } from './polling/refusals.ts'
import type { Rule } from './shapes/rule.ts'
import { browserLimitRules } from './stream/browserLimit.ts'
import { bufferingRules } from './stream/buffering.ts'
import { fitnessRules } from './stream/fitness.ts'
import { framingRules } from './stream/framing.ts'
import { headRules } from './stream/heads.ts'
import { resumingRules } from './stream/resuming.ts'
import { silenceRules } from './stream/silence.ts'
import { closingRules } from './webSocket/closing.ts'
import { handshakeRules } from './webSocket/handshake.ts'
import { livenessRules } from './webSocket/liveness.ts'
import { messageRules } from './webSocket/messages.ts'
import { tooBigRules } from './webSocket/tooBig.ts'

/** By headings of the documentation. */
export const ruleFamilies: Readonly<Record<string, readonly Rule[]>> = {
  'Event streams': [
    ...bufferingRules,
    ...headRules,
    ...framingRules,
    ...silenceRules,
    ...resumingRules,
    ...fitnessRules,
    ...browserLimitRules,
  ],
  Polling: [...paceRules, ...cachingRules, ...refusalRules, ...heldRules],
  Messages: [...driftRules],
  WebSocket: [
    ...handshakeRules,
    ...closingRules,
    ...tooBigRules,
    ...livenessRules,
    ...messageRules,
  ],
  Connections: [...limitRules, ...reconnectingRules],
  'Application protocols': [...heartbeatRules, ...clientPongRules, ...appAnswerRules],
  'Language models': [...answerRules, ...sequenceRules],
  'Model Context Protocol': [...mcpRules],
}

export const rules: readonly Rule[] = Object.values(ruleFamilies).flat()
