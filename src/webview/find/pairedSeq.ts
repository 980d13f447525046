// Finds the frame that answers one, or the one that it answers.

import type { TimelineApi } from '../../shared/calls/messages.ts'
import type { Frame } from '../../shared/frame/frame.ts'
import type { Row } from '../../shared/session/captureRows.ts'
import { untilReadOn } from '../model/findRow.ts'
import { isAnswered } from '../model/rowActs.ts'
import type { ReadOn } from '../model/slowSearch.ts'

/** Rows read at a time. */
const pageRows = 200
/** Pages asked for in search of an answer: 20,000 rows that could be it, or some seconds in which older frames are read. */
const mostPages = 100

/** No answer came up to this frame; later ones are not looked at. */
export interface Unfound {
  readonly lookedTo: number
}

/** Its number; null where there is none, or `readOn` has ended the search. Rejects as the calls do. */
export async function pairedSeq(
  api: Pick<TimelineApi, 'rows' | 'related'>,
  seq: number,
  readOn: ReadOn,
): Promise<number | null | Unfound> {
  const row: Row | undefined = (await api.related(seq))?.row
  if (!row) return null
  const { frame, decoded = [] } = row
  const asked = frame.replyTo ?? decoded.find(({ answers }) => answers !== undefined)?.answers
  if (asked !== undefined) return asked
  const answer = decoded.find(({ answeredBy }) => answeredBy !== undefined)?.answeredBy
  return answer ?? (isAnswered(frame) ? findAnswer(api, frame, readOn) : null)
}

/** Most answers come soon; others are looked for among frames of their kinds. */
async function findAnswer(
  api: Pick<TimelineApi, 'rows'>,
  asked: Frame,
  readOn: ReadOn,
): Promise<number | null | Unfound> {
  const { seq } = asked
  const near = await api.rows({ afterSeq: seq, text: '', wire: true }, 0, pageRows)
  const found = answerAmong(asked, near.rows)
  if (found !== undefined) return found
  if (near.total <= near.rows.length) return null
  let lookedTo = near.rows.at(-1)?.frame.seq ?? seq
  const filter = { afterSeq: lookedTo, text: 'kind:response,error,pong', wire: false }
  let from = 0
  for (let pages = 0; pages < mostPages; pages++) {
    const page = await api.rows(filter, from, pageRows)
    const far = answerAmong(asked, page.rows)
    if (far !== undefined) return far
    lookedTo = page.rows.at(-1)?.frame.seq ?? lookedTo
    from += page.rows.length
    const isRead = from >= page.total
    if (isRead && !page.partial) return null
    if (!readOn(isRead ? (page.upTo ?? lookedTo) : lookedTo)) return null
    if (isRead) await untilReadOn()
  }
  return { lookedTo }
}

/** Null where none can come after these rows; undefined where one may. */
function answerAmong(asked: Frame, rows: readonly Row[]): number | null | undefined {
  const answer = rows.find(({ frame }) => frame.replyTo === asked.seq)
  if (answer) return answer.frame.seq
  return rows.some(({ frame }) => isTooLate(asked, frame)) ? null : undefined
}

/**
 * Connections follow one another, but for those of a tap; and a companion request may be answered after the stream beside
 * it has ended.
 */
function isTooLate(asked: Frame, { connection }: Frame): boolean {
  const { kind, detail } = asked
  const isBeside = kind === 'request' && (detail.purpose === 'companion' || detail.client)
  return !isBeside && asked.connection > 0 && connection > asked.connection
}
