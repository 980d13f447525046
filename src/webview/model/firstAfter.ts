// What a companion request may have caused: the first frame that came on the stream after it.

import type { TimelineApi } from '../../shared/calls/messages.ts'
import { type Frame, isPeerData } from '../../shared/frame/frame.ts'

export interface FirstAfter {
  readonly seq: number
  /** From the request to that frame. */
  readonly afterMs: number
}

export interface FirstAfterFinder {
  /** What is known by now: null while nothing has come. `frames`: how many are recorded. */
  find(request: Frame, frames: number): FirstAfter | null
}

/** Frames in one look, and what is remembered. */
const lookFrames = 100
const keptRequests = 200

interface Search {
  /** The frames up to this one are none. */
  upTo: number
  busy: boolean
  found: FirstAfter | null
}

export interface FirstAfterOptions {
  readonly api: Pick<TimelineApi, 'rows'>
  /** A search has found something. */
  readonly onFound: () => void
  /** A look has failed; the next one tries again. */
  readonly onProblem: (problem: unknown) => void
}

export function createFirstAfter({ api, onFound, onProblem }: FirstAfterOptions): FirstAfterFinder {
  const searches = new Map<number, Search>()

  async function look(request: Frame, search: Search, frames: number): Promise<void> {
    search.busy = true
    try {
      while (search.found === null && search.upTo < frames) {
        const filter = { afterSeq: search.upTo, text: '', wire: true }
        const { rows } = await api.rows(filter, 0, lookFrames)
        const first = rows.find(({ frame }) => isPeerData(frame))?.frame
        search.upTo = rows.at(-1)?.frame.seq ?? frames
        if (!first) continue
        search.found = { seq: first.seq, afterMs: Math.max(0, first.at - request.at) }
        onFound()
      }
    } catch (error) {
      onProblem(error)
    } finally {
      search.busy = false
    }
  }

  return {
    find: (request, frames) => {
      let search = searches.get(request.seq)
      if (!search) {
        search = { upTo: request.seq, busy: false, found: null }
        searches.set(request.seq, search)
        for (const oldest of searches.keys()) {
          if (searches.size > keptRequests) searches.delete(oldest)
        }
      }
      if (search.found === null && !search.busy && search.upTo < frames) {
        void look(request, search, frames)
      }
      return search.found
    },
  }
}

export function isCompanionRequest(frame: Frame): boolean {
  return frame.kind === 'request' && frame.detail.purpose === 'companion'
}
