// Reads what the doctor finds in a capture, slice by slice, so that who asks can do something else between.

import type { Findings } from '../shared/session/findings.ts'
import type { Capture } from './capture/capture.ts'

/** A slice decodes for about so long. */
const sliceMs = 20

export interface ReadFindings {
  readonly findings: Findings
  /** The last frame that is in it. */
  readonly upTo: number
}

/** Of the frames that are there when it begins; of a session that goes on perhaps of some more. */
export function* readFindings(
  capture: Pick<Capture, 'info' | 'decode' | 'analysis'>,
): Generator<undefined, ReadFindings> {
  const { frames } = capture.info()
  for (;;) {
    capture.decode(sliceMs)
    const { result, upTo, complete } = capture.analysis('findings', { afterSeq: 0 })
    if (complete || upTo >= frames) return { findings: result, upTo }
    yield
  }
}

/** The same at once. */
export function allFindings(capture: Parameters<typeof readFindings>[0]): ReadFindings {
  const reading = readFindings(capture)
  for (;;) {
    const { done, value } = reading.next()
    if (done) return value
  }
}
