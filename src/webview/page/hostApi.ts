// The page's connection to VS Code: remote calls to the host, and the state that is kept for it.

import type { TimelineApi, TimelineEvents } from '../../shared/calls/messages.ts'
import { createRpc } from '../../shared/calls/rpc.ts'
import { isRecord } from '../../shared/unknown.ts'
import { createStateKeeper } from './stateKeeper.ts'
import { readViewState, type ViewState } from './viewState.ts'
import { takeVsCodeApi } from './vsCodeApi.ts'

export interface HostApi {
  readonly remote: TimelineApi
  readonly saved: ViewState
  save(view: ViewState): void
}

/** `panelState`: the host's JSON from the page's html. To be called once: VS Code hands its API out once. */
export function connectHost(panelState: string, events: TimelineEvents): HostApi {
  const vscode = takeVsCodeApi()
  const panel = readPanelState(panelState)
  const rpc = createRpc<TimelineEvents, TimelineApi>({
    // A webview's messages are copied; there is nothing to transfer. The host may hear one when its panel shows another
    // session already.
    port: { post: (message) => vscode.postMessage({ ...message, sessionId: panel.sessionId }) },
    local: events,
    report: (problem) => console.error(problem),
  })
  window.addEventListener('message', (event) => rpc.receive(event.data))
  const saved = readViewState(keptView(vscode.getState(), panel.sessionId), panel.sessionId)
  const write = (next: ViewState) => vscode.setState({ ...panel, view: next })
  return { remote: rpc.remote, saved, save: createStateKeeper(saved, rpc.remote, write) }
}

/** A panel that showed several sessions has kept a view for each. */
export function keptView(state: unknown, sessionId: string): unknown {
  if (!isRecord(state)) return null
  return isRecord(state.views) ? state.views[sessionId] : state.view
}

function readPanelState(text: string): { readonly sessionId: string } {
  const panel: unknown = JSON.parse(text)
  if (
    typeof panel !== 'object' ||
    panel === null ||
    !('sessionId' in panel) ||
    typeof panel.sessionId !== 'string'
  ) {
    throw new Error('the page has no data-panel-state with a sessionId')
  }
  return { ...panel, sessionId: panel.sessionId }
}
