// The connection of a page of several sessions to VS Code: calls about all of them, calls of each, and the kept state.

import type { TimelineApi, TimelineEvents } from '../../shared/calls/messages.ts'
import { createRpc, type RpcApi } from '../../shared/calls/rpc.ts'
import {
  type TogetherApi,
  type TogetherEvents,
  togetherId,
} from '../../shared/calls/togetherApi.ts'
import { isRecord } from '../../shared/unknown.ts'
import { keptView } from '../page/hostApi.ts'
import { createStateKeeper } from '../page/stateKeeper.ts'
import { readViewState, type ViewState } from '../page/viewState.ts'
import { takeVsCodeApi } from '../page/vsCodeApi.ts'
import { keepableViews } from './keepableViews.ts'
import {
  readTogetherView,
  type ShownSessions,
  type TogetherView,
  withActive,
} from './togetherView.ts'

/** The connection of one of the sessions. */
export interface LaneHost {
  readonly remote: TimelineApi
  readonly saved: ViewState
  save(view: ViewState): void
}

export interface TogetherHost {
  readonly api: TogetherApi
  readonly sessionIds: readonly string[]
  /** Where it remembers an active session that is no longer shown, the one that is active in the host. */
  readonly saved: TogetherView
  save(view: TogetherView): void
  /** To be called once for each session. */
  lane(sessionId: string, events: TimelineEvents): LaneHost
}

/** `panelState`: the host's JSON from the page's html. To be called once: VS Code hands its API out once. */
export function connectTogether(panelState: string, events: TogetherEvents): TogetherHost {
  const vscode = takeVsCodeApi()
  const panel = readPanelState(panelState)
  const before = vscode.getState()
  const receivers = new Map<unknown, (message: unknown) => void>()
  const views = new Map<string, ViewState>()
  let own = withActive(readTogetherView(isRecord(before) ? before.together : null), panel)

  // Until a session is there, its view stays as it was left.
  for (const id of panel.sessionIds) {
    const kept = keptView(before, id)
    if (isRecord(kept)) views.set(id, readViewState(kept, id))
  }

  function join<Local extends RpcApi<Local>, Remote extends RpcApi<Remote>>(
    sessionId: string,
    local: Local,
  ): Remote {
    const rpc = createRpc<Local, Remote>({
      port: {
        post: (message) => vscode.postMessage({ ...message, sessionId, page: panel.page }),
      },
      local,
      report: (problem) => console.error(problem),
    })
    receivers.set(sessionId, rpc.receive)
    return rpc.remote
  }

  window.addEventListener('message', ({ data }) => {
    if (isRecord(data)) receivers.get(data.sessionId)?.(data)
  })

  function write(): void {
    vscode.setState({ ...panel, together: own, views: keepableViews(views) })
  }

  return {
    api: join<TogetherEvents, TogetherApi>(togetherId, events),
    sessionIds: panel.sessionIds,
    saved: own,
    save(view) {
      own = view
      write()
    },
    lane(sessionId, laneEvents) {
      const remote = join<TimelineEvents, TimelineApi>(sessionId, laneEvents)
      const saved = readViewState(keptView(before, sessionId), sessionId)
      const save = createStateKeeper(saved, remote, (view) => {
        views.set(sessionId, view)
        write()
      })
      return { remote, saved, save }
    },
  }
}

interface TogetherPanel extends ShownSessions {
  readonly page: number
}

function readPanelState(text: string): TogetherPanel {
  const panel: unknown = JSON.parse(text)
  if (!isRecord(panel) || !Array.isArray(panel.sessionIds) || typeof panel.page !== 'number')
    throw new Error('the page has no data-panel-state with sessionIds')
  const sessionIds = panel.sessionIds.filter((id) => typeof id === 'string')
  const activeId = typeof panel.activeId === 'string' ? panel.activeId : null
  return { ...panel, sessionIds, activeId, page: panel.page }
}
