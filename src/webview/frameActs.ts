// What can be done with one frame, and with calls to the host in general; failures are reported.

import type { FrameWithPreview } from '../shared/frame.ts'
import type { TimelineApi } from '../shared/messages.ts'
import { createPayloadReader } from './payloadReader.ts'

export interface FrameActs {
  /** One frame by its number, whatever the filter; null when it cannot be read. */
  readFrame(seq: number): Promise<FrameWithPreview | null>
  copy(text: string): Promise<void>
  /** The whole payload as text, or as hex when it is binary. */
  copyPayload(seq: number): Promise<void>
  openPayload(seq: number): Promise<void>
  /** Waits for a call; its failure is reported. Never rejects. */
  run(call: Promise<void>): Promise<void>
}

/** `report` gets what a call rejected with. */
export function createFrameActs(api: TimelineApi, report: (problem: unknown) => void): FrameActs {
  const run = (call: Promise<void>): Promise<void> => call.catch(report)
  return {
    run,
    readFrame: async (seq) => {
      try {
        const page = await api.rows({ afterSeq: seq - 1, text: '', wire: true }, 0, 1)
        const row = page.rows[0]
        return row?.frame.seq === seq ? row : null
      } catch (error) {
        report(error)
        return null
      }
    },
    copy: (text) => run(api.copy(text)),
    copyPayload: (seq) => {
      const reader = createPayloadReader((offset, length) => api.payload(seq, offset, length))
      return run(reader.whole().then((text) => api.copy(text)))
    },
    openPayload: (seq) => run(api.openPayload(seq)),
  }
}
