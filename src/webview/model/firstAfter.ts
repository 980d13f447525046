// Finds the first frame that came on the stream after a companion request, which may have caused it.

import type { TimelineApi } from '../../shared/calls/messages.ts'
import type { Frame } from '../../shared/frame/frame.ts'

export interface FirstAfter {
  readonly seq: number
  /** From the request to that frame. */
  readonly afterMs: number
}

export interface FirstAfterFinder {
  /** What is known by now: null while nothing has come, and for a frame that is no companion request. `frames`: how many are recorded. */
  find(request: Frame, frames: number): FirstAfter | null
}

/** Requests that are remembered. */
const keptRequests = 200

interface Search {
  /** It has been looked for up to this frame. */
  upTo: number
  busy: boolean
  found: FirstAfter | null
}

export interface FirstAfterOptions {
  readonly api: Pick<TimelineApi, 'analysis'>
  /** It was found for a request. */
  readonly onFound: () => void
  /** A call has failed; the next one tries again. */
  readonly onProblem: (problem: unknown) => void
}

export function createFirstAfter({ api, onFound, onProblem }: FirstAfterOptions): FirstAfterFinder {
  const searches = new Map<number, Search>()

  async function ask(request: Frame, search: Search): Promise<void> {
    search.busy = true
    try {
      let complete = false
      while (!complete) {
        const answer = await api.analysis('firstData', { afterSeq: request.seq })
        search.upTo = answer.upTo
        complete = answer.complete
        if (answer.result === null) continue
        const { seq, at } = answer.result
        search.found = { seq, afterMs: Math.max(0, at - request.at) }
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
      if (!isCompanionRequest(request)) return null
      let search = searches.get(request.seq)
      if (!search) {
        search = { upTo: request.seq, busy: false, found: null }
        searches.set(request.seq, search)
        for (const oldest of searches.keys()) {
          if (searches.size > keptRequests) searches.delete(oldest)
        }
      }
      if (search.found === null && !search.busy && search.upTo < frames) {
        void ask(request, search)
      }
      return search.found
    },
  }
}

export function isCompanionRequest(frame: Frame): boolean {
  return frame.kind === 'request' && frame.detail.purpose === 'companion'
}
