// The sentence that tells of a message that was sent while its row is out of view, and leads to it.

import type { TimelineApi } from '../../shared/calls/messages.ts'
import { formatCount } from '../../shared/text/units.ts'
import type { TimelineModel } from '../model/timelineModel.ts'
import type { Hint } from './hint.ts'

export interface SentNotice {
  /** Null while there is nothing to tell. */
  readonly hint: Hint | null
  /** To be called before a message goes out; call what it answers with once it has. */
  begin(): () => Promise<void>
  forget(): void
}

/** The frame is recorded when its bytes leave, which is soon. */
const tries = 20
const tryEveryMs = 50
const pageRows = 200
/** Of a flood that came meanwhile no more is looked through. */
const mostPages = 10

/** `redraw` is called when `hint` has changed. */
export function createSentNotice(model: TimelineModel, redraw: () => void): SentNotice {
  let hint: Hint | null = null
  let generation = 0

  function tell(text: string, run: () => unknown): void {
    hint = { text, tone: 'good', offers: [{ name: 'Show', run: () => leave(run) }] }
    redraw()
  }

  function leave(run: () => unknown): void {
    hint = null
    redraw()
    run()
  }

  return {
    get hint() {
      return hint
    },
    begin() {
      hint = null
      const own = ++generation
      const before = model.status?.frames ?? 0
      return async () => {
        const { follow, pausedSeq, filter } = model.shown
        if (follow && pausedSeq === null && filter.text === '') return
        tell('Sent.', () => model.shown.setFollow(true))
        const seq = await findSent(model.api, before)
        if (own !== generation || hint === null || seq === null) return
        tell(`Sent as #${formatCount(seq)}.`, () => model.selection.selectSeq(seq))
      }
    },
    forget() {
      generation++
      hint = null
    },
  }
}

/** The newest message that was sent after a frame; null where none is found soon. */
async function findSent(api: TimelineApi, afterSeq: number): Promise<number | null> {
  for (let left = tries; left > 0; left--) {
    const seq = await newestSent(api, afterSeq).catch(() => null)
    if (seq !== null) return seq
    await new Promise((resolve) => setTimeout(resolve, tryEveryMs))
  }
  return null
}

async function newestSent(api: TimelineApi, afterSeq: number): Promise<number | null> {
  let found: number | null = null
  for (let page = 0; page < mostPages; page++) {
    const from = page * pageRows
    const { rows } = await api.rows({ afterSeq, text: '', wire: false }, from, pageRows)
    const sent = rows.findLast(({ frame }) => frame.kind === 'message' && frame.direction === 'out')
    found = sent?.frame.seq ?? found
    if (rows.length < pageRows) break
  }
  return found
}
