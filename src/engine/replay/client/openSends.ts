// Opens a capture and reads what is to be sent again of it.

import type { Endpoint } from '../../../shared/endpoint/endpoint.ts'
import type { ResendPlan } from '../../../shared/session/resendPlan.ts'
import { openCapture } from '../../capture/capture.ts'
import { readSends } from './readSends.ts'
import { type SendLimits, sendLimits } from './sendLimits.ts'
import type { Sends } from './sends.ts'

export interface OpenedSends {
  /** Of the session that was recorded. */
  readonly name: string
  readonly endpoint: Endpoint | null
  readonly sends: Sends
  /** Of a frame of the capture. */
  payload(seq: number): Uint8Array
  close(): void
}

/** Longer than any payload can be. */
const whole = 2 ** 31

/** Throws `CaptureError`. */
export function openSends(
  { path, range }: Pick<ResendPlan, 'path' | 'range'>,
  limits: SendLimits = sendLimits,
): OpenedSends {
  const capture = openCapture(path)
  try {
    const frames = capture.entries({ afterSeq: 0, text: '', wire: false })
    const sends = readSends(frames, range, limits)
    const { name, endpoint } = capture.info()
    return {
      ...{ name, endpoint, sends },
      payload: (seq) => capture.payload(seq, 0, whole).bytes,
      close: () => capture.close(),
    }
  } catch (error) {
    capture.close()
    throw error
  }
}
