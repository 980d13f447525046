// Actions on one frame, and calls to the host in general; failures are reported.

import type { TimelineApi } from '../../shared/calls/messages.ts'
import type { Frame } from '../../shared/frame/frame.ts'
import type { Related } from '../../shared/session/related.ts'
import { createPayloadReader } from './payloadReader.ts'

/** Those that resolve with a boolean tell whether it was done, as `run` does. */
export interface FrameActions {
  /** A frame by its number, whatever the filter, with those that it belongs to; null when it cannot be read. */
  related(seq: number): Promise<Related | null>
  copy(text: string): Promise<boolean>
  /** The whole payload as text, or as hex when it is binary. */
  copyPayload(frame: Frame): Promise<boolean>
  openPayload(seq: number): Promise<boolean>
  /** Waits for a call; its failure is reported. Resolves with whether it was done, and never rejects. */
  run(call: Promise<unknown>): Promise<boolean>
}

/** `report` gets what a call rejected with. */
export function createFrameActions(
  api: TimelineApi,
  report: (problem: unknown) => void,
): FrameActions {
  const run = (call: Promise<unknown>): Promise<boolean> =>
    call.then(
      () => true,
      (problem: unknown) => {
        report(problem)
        return false
      },
    )
  return {
    run,
    related: async (seq) => {
      try {
        return await api.related(seq)
      } catch (error) {
        report(error)
        return null
      }
    },
    copy: (text) => run(api.copy(text)),
    copyPayload: (frame) => {
      const reader = createPayloadReader(frame, (offset, length) =>
        api.payload(frame.seq, offset, length),
      )
      return run(reader.whole().then((text) => api.copy(text)))
    },
    openPayload: (seq) => run(api.openPayload(seq)),
  }
}
