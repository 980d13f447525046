// An event stream with findings of every severity: some of one frame, one of many, one of none.

import type { Finding } from '../../../src/shared/session/findings.ts'
import { sampleFrames } from '../samples/sampleFrames.ts'
import { fromRows, type Scene } from './scene.ts'

const noFigure = { measured: null, threshold: null, unit: null } as const

export const sampleFindings: readonly Finding[] = [
  {
    ...{ id: 'sse-unfinished', severity: 'fault', ...noFigure },
    title: 'The stream ended within an event.',
    sentence: 'The last 12 B had no blank line after them, so clients throw them away.',
    ...{ frames: [6], frameCount: 1 },
    advice: 'Write each event with its blank line, and flush before the process ends.',
  },
  {
    ...{ id: 'sse-buffered', severity: 'risk', measured: 0.93, threshold: 0.8, unit: 'share' },
    title: 'The stream is buffered on its way.',
    sentence: '171 of 184 events came in 9 bursts within 5 ms each, 240 ms apart.',
    ...{ frames: [2, 3, 5], frameCount: 171 },
    advice:
      'Turn buffering off (`proxy_buffering off`, `X-Accel-Buffering: no`) and flush each event.',
  },
  {
    ...{
      id: 'sse-no-heartbeat',
      severity: 'hint',
      measured: 17_000,
      threshold: 15_000,
      unit: 'ms',
    },
    title: 'No keep-alive comment in 17 s.',
    sentence: 'Idle connections are cut after 60 s by the defaults of nginx and ALB.',
    ...{ frames: [], frameCount: 0 },
    advice: 'Send a comment line every 15 s.',
  },
]

/** Up to its second event. */
const begun = 6

export function findingsScene(): Scene {
  return {
    ...fromRows('sse', 'http://localhost:7411/sse', sampleFrames.sse.slice(0, begun)),
    findings: sampleFindings,
  }
}
