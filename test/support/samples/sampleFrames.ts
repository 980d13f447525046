// One literal list of frames for each method, to test describe, the exports and the command line with.

import type { ClientMethod } from '../../../src/shared/endpoint/endpoint.ts'
import { sampleLongPolling, samplePolling } from './samplePolls.ts'
import type { SampleRow } from './sampleRows.ts'
import { sampleSse } from './sampleSse.ts'
import { sampleWebSocket } from './sampleWebSocket.ts'

export const sampleFrames: Readonly<Record<ClientMethod, readonly SampleRow[]>> = {
  polling: samplePolling,
  'long-polling': sampleLongPolling,
  sse: sampleSse,
  websocket: sampleWebSocket,
}
