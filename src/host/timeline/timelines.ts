// The timeline panels of the window, one for a session, and their return after a reload.

import {
  type Disposable,
  type Event,
  EventEmitter,
  type Uri,
  ViewColumn,
  type WebviewPanel,
  window,
} from 'vscode'
import { toError } from '../../shared/unknown.ts'
import type { HostSession } from '../sessions/hostSession.ts'
import { isLive } from '../sessions/hostSession.ts'
import { titleOf } from '../sessions/sessionLook.ts'
import type { Sessions } from '../sessions/sessions.ts'
import { tellProblem } from '../window/dialogs.ts'
import type { Log } from '../window/log.ts'
import { isCancelled, tellCancelled } from '../window/slowWork.ts'
import { createTimelinePanel, type TimelineActions, type TimelinePanel } from './timelinePanel.ts'

const viewType = 'lifeline.timeline'

export interface Timelines extends Disposable {
  /** The panel that has the focus or was the last to have it. */
  readonly current: TimelinePanel | undefined
  readonly all: readonly TimelinePanel[]
  /** A panel was opened or closed, or shows another session. */
  readonly onDidChange: Event<void>
  /** Opens the session's panel, or brings it to the front. */
  show(session: HostSession): TimelinePanel
  find(session: HostSession): TimelinePanel | undefined
}

export interface TimelinesOptions {
  readonly sessions: Sessions
  readonly dist: Uri
  readonly actions: TimelineActions
  readonly log: Log
}

/** From here on VS Code hands over the panels that were open before a reload. */
export function createTimelines({ sessions, dist, actions, log }: TimelinesOptions): Timelines {
  /** In the order in which they had the focus; the latest is the last. */
  const panels = new Set<TimelinePanel>()
  const changes = new EventEmitter<void>()

  function adopt(panel: WebviewPanel, session: HostSession): TimelinePanel {
    const timeline = createTimelinePanel({ panel, session, dist, actions, log, onClosed })
    function onClosed(): void {
      panels.delete(timeline)
      release(timeline.session)
      changes.fire()
    }
    panels.add(timeline)
    changes.fire()
    panel.onDidChangeViewState(() => {
      if (!panel.active || !panels.delete(timeline)) return
      panels.add(timeline)
    })
    return timeline
  }

  /** A session that has ended and is no longer shown ends its thread; its capture stays in the list. */
  function release(session: HostSession): void {
    if (isLive(session) || session.capturePath === null || find(session)) return
    sessions.putAway(session).catch((error) => log.fault('A session could not be closed', error))
  }

  function find(session: HostSession): TimelinePanel | undefined {
    return [...panels].find((timeline) => timeline.session === session)
  }

  function show(session: HostSession): TimelinePanel {
    const known = find(session)
    if (known) {
      known.reveal()
      return known
    }
    const panel = window.createWebviewPanel(viewType, titleOf(session), ViewColumn.Active, {
      enableScripts: true,
      localResourceRoots: [dist],
    })
    return adopt(panel, session)
  }

  /** After a reload the session's worker is gone, but its capture is there. */
  async function restore(panel: WebviewPanel, state: unknown): Promise<void> {
    const id = sessionIdOf(state)
    try {
      if (id === null) throw new Error('This timeline was closed before it was drawn.')
      adopt(panel, await sessions.open(id))
    } catch (error) {
      panel.dispose()
      if (isCancelled(error)) return tellCancelled('Nothing was opened.')
      const message = toError(error).message
      tellProblem(`A timeline could not be opened again. ${message}`)
    }
  }

  const serializer = window.registerWebviewPanelSerializer(viewType, {
    deserializeWebviewPanel: restore,
  })

  return {
    get current() {
      const all = [...panels]
      return all.find(({ active }) => active) ?? all.at(-1)
    },
    get all() {
      return [...panels]
    },
    onDidChange: changes.event,
    show,
    find,
    // The panels stay: a window that reloads brings them back.
    dispose() {
      serializer.dispose()
      changes.dispose()
    },
  }
}

function sessionIdOf(state: unknown): string | null {
  if (typeof state !== 'object' || state === null || !('sessionId' in state)) return null
  return typeof state.sessionId === 'string' ? state.sessionId : null
}
