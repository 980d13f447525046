// One frame of a session by its number.

import type { FrameWithPreview } from '../frame/frame.ts'
import type { SessionApi } from './messages.ts'

/** Null when there is no such frame. Rejects as `rows` does. */
export async function readFrame(
  api: Pick<SessionApi, 'rows'>,
  seq: number,
): Promise<FrameWithPreview | null> {
  const page = await api.rows({ afterSeq: seq - 1, text: '', wire: true }, 0, 1)
  const row = page.rows[0]
  return row?.frame.seq === seq ? row : null
}
