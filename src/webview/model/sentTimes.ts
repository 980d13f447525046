// The times at which something was sent, whatever the rows show: each row can count from the last one before it.

import type { TimelineApi } from '../../shared/calls/messages.ts'
import type { Frame } from '../../shared/frame/frame.ts'
import type { RowFilter } from '../../shared/session/captureRows.ts'

/** Pings, pongs and what closes are sent by nobody's wish. */
const sentFrames: RowFilter = {
  afterSeq: 0,
  text: 'dir:out kind:request,message',
  wire: false,
}

export function isSent({ direction, kind }: Frame): boolean {
  return direction === 'out' && (kind === 'request' || kind === 'message')
}

/** Read at a time; rows in view have mostly fewer between them. */
const pageRows = 300
/** The worker reads older frames for about as long at a time. */
const partialMs = 50

export interface SentTimes {
  /** Epoch ms of the last frame sent before this one; null where none was, undefined while nobody knows. */
  before(seq: number): number | null | undefined
  /** Reads what is needed for the frames from `first` to `last`. */
  need(first: number, last: number): void
}

interface Sent {
  readonly seq: number
  readonly at: number
}

/** `onFound`: more is known. `onProblem`: a call has failed; the next need tries again. */
export function createSentTimes(
  api: Pick<TimelineApi, 'rows' | 'position'>,
  onFound: () => void,
  onProblem: (problem: unknown) => void,
): SentTimes {
  /** All that were sent from the last one before `from`, up to the frame `to`. */
  let known: { readonly from: number; readonly to: number; readonly sent: readonly Sent[] } = {
    from: 1,
    to: 0,
    sent: [],
  }
  let busy = false

  async function read(first: number, last: number): Promise<void> {
    const start = Math.max(0, (await api.position(sentFrames, first)) - 1)
    const page = await api.rows(sentFrames, start, pageRows)
    const sent = page.rows.map(({ frame }) => ({ seq: frame.seq, at: frame.at }))
    const reached = sent.at(-1)?.seq ?? 0
    const isAll = !page.partial && start + sent.length >= page.total
    // What is not read yet may lie before `first` as well.
    if (page.partial && reached < last) {
      setTimeout(onFound, partialMs)
      return
    }
    known = { from: first, to: isAll ? Math.max(last, reached) : reached, sent }
    onFound()
  }

  return {
    before(seq) {
      if (seq < known.from || seq > known.to) return undefined
      return known.sent.findLast((one) => one.seq < seq)?.at ?? null
    },
    need(first, last) {
      if (busy || (first >= known.from && last <= known.to)) return
      busy = true
      read(first, last)
        .catch(onProblem)
        .finally(() => {
          busy = false
        })
    },
  }
}
