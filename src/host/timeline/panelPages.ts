// The pages of a panel, one after the other: calls reach the one that it has, and of one before only its last words count.

import { checkTyped } from '../../shared/calls/checkTyped.ts'
import type { TimelineApi, TimelineEvents } from '../../shared/calls/messages.ts'
import { createRpc, type Rpc, type RpcMessage } from '../../shared/calls/rpc.ts'
import type { TypingApi } from '../../shared/calls/typingApi.ts'
import { isRecord } from '../../shared/unknown.ts'
import type { KeptTexts } from './typedTexts.ts'

export interface PanelPages {
  /** Calls of the page that the panel has. */
  readonly remote: TimelineEvents
  /** What a page has sent, which says of which session it is. */
  receive(message: unknown): void
  /** A page lives until it is hidden or shows another session; answers to it must not reach the next. */
  leave(why: string): void
  /** There is no page after this one. */
  close(why: string): void
}

export interface PanelPagesOptions {
  readonly api: TimelineApi
  readonly typing: Pick<KeptTexts, 'keepLate'>
  /** Of the session that the panel shows now. */
  readonly sessionId: () => string
  /** The number of the page that the panel has, where it is built anew for the same session; undefined: it has none. */
  readonly page?: () => number | undefined
  readonly post: (message: RpcMessage) => void
  readonly report: (problem: Error) => void
}

export function createPanelPages(options: PanelPagesOptions): PanelPages {
  const { api, typing, sessionId, page: number = () => undefined, post, report } = options
  const join = () => createRpc<TimelineApi, TimelineEvents>({ port: { post }, local: api, report })
  const before = createBefore(typing)
  let page = join()
  return {
    get remote() {
      return page.remote
    },
    receive(message) {
      const isCurrent =
        isRecord(message) && message.sessionId === sessionId() && message.page === number()
      ;(isCurrent ? page : before).receive(message)
    },
    leave(why) {
      page.close(why)
      page = join()
    },
    close: (why) => page.close(why),
  }
}

/**
 * What a page sends that showed another session still comes when the next one is on its way: its numbers of frames and its
 * filter mean nothing here, and its answers would be taken for those to the next page.
 */
function createBefore({ keepLate }: Pick<KeptTexts, 'keepLate'>): Rpc<Record<never, never>> {
  const local: Pick<TypingApi, 'keepTyped'> = {
    async keepTyped(texts) {
      const checked = checkTyped(texts)
      keepLate(checked)
      return checked
    },
  }
  const nobody = () => undefined
  return createRpc({ port: { post: nobody }, local, report: nobody })
}
