// Finds the frame that answers one, or the one that it answers.

import type { TimelineApi } from '../../shared/calls/messages.ts'
import type { Frame } from '../../shared/frame/frame.ts'
import type { Row } from '../../shared/session/captureRows.ts'
import { untilReadOn } from '../model/findRow.ts'

/** Rows read at a time. */
const pageRows = 200

/** Its number; null where there is none. Rejects as the calls do. */
export async function pairedSeq(
  api: Pick<TimelineApi, 'rows' | 'related'>,
  seq: number,
): Promise<number | null> {
  const row: Row | undefined = (await api.related(seq))?.row
  if (!row) return null
  const { frame, decoded = [] } = row
  const asked = frame.replyTo ?? decoded.find(({ answers }) => answers !== undefined)?.answers
  if (asked !== undefined) return asked
  const answer = decoded.find(({ answeredBy }) => answeredBy !== undefined)?.answeredBy
  return answer ?? (isAnswered(frame) ? findAnswer(api, frame) : null)
}

function isAnswered({ kind }: Frame): boolean {
  return kind === 'request' || kind === 'ping'
}

/** Most answers come soon; others are looked for among frames of their kinds. */
async function findAnswer(api: Pick<TimelineApi, 'rows'>, { seq }: Frame): Promise<number | null> {
  const answers = ({ frame }: Row) => frame.replyTo === seq
  const near = await api.rows({ afterSeq: seq, text: '', wire: true }, 0, pageRows)
  const found = near.rows.find(answers)
  if (found) return found.frame.seq
  if (near.total <= near.rows.length) return null
  const filter = { afterSeq: seq, text: 'kind:response,error,pong', wire: false }
  for (let from = 0; ; ) {
    const page = await api.rows(filter, from, pageRows)
    const far = page.rows.find(answers)
    if (far) return far.frame.seq
    from += page.rows.length
    if (from < page.total) continue
    if (!page.partial) return null
    await untilReadOn()
  }
}
