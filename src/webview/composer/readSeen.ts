// Reads the JSON of the newest messages of a session for completion: what was sent, then what came.

import type { FrameWithPreview } from '../../shared/frame/frame.ts'
import type { TimelineModel } from '../model/timelineModel.ts'
import { createSeenJson, type SeenJson } from './seenJson.ts'

/** So many frames back, of which the newest messages each way are looked at. */
const framesBack = 20_000
const messages = 100
/** Longer ones are read up to here, of the newest few. */
const readBytes = 16 * 1024
const readMessages = 20

/** Filters of the frames each way that are looked at. */
export interface SeenFilters {
  readonly out: string
  readonly in: string
}

const messagesSeen: SeenFilters = { out: 'kind:message', in: 'kind:message' }

/** `own`: texts that are known without asking, the newest first. Never rejects. */
export async function readSeen(
  model: TimelineModel,
  own: readonly string[],
  filters: SeenFilters = messagesSeen,
): Promise<SeenJson> {
  const seen = createSeenJson()
  for (const text of own) seen.add(text, true)
  try {
    for (const direction of ['out', 'in'] as const) {
      for (const text of await newestTexts(model, `dir:${direction} ${filters[direction]}`))
        seen.add(text, direction === 'out')
    }
  } catch {
    // What was seen so far is offered; the rows say what is wrong.
  }
  return seen
}

async function newestTexts(
  { api, status }: TimelineModel,
  text: string,
): Promise<readonly string[]> {
  const afterSeq = Math.max(0, (status?.frames ?? 0) - framesBack)
  const filter = { afterSeq, text, wire: false }
  const { total } = await api.rows(filter, 0, 1)
  const { rows } = await api.rows(filter, Math.max(0, total - messages), messages)
  const newest = rows.toReversed()
  const whole = await Promise.all(newest.slice(0, readMessages).map((row) => startOf(row, api)))
  return [...whole, ...newest.slice(readMessages).map(({ preview }) => preview ?? '')]
}

/** Only what its row does not have whole is read. */
async function startOf(
  { frame, preview }: FrameWithPreview,
  api: TimelineModel['api'],
): Promise<string> {
  if (preview === null || !/^[{[]/.test(preview)) return ''
  if (frame.sizeBytes <= preview.length) return preview
  return new TextDecoder().decode((await api.payload(frame.seq, 0, readBytes)).bytes)
}
