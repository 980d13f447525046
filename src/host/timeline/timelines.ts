// The timeline panels of the window, one for a session or for several beside each other, and their return after a reload.

import {
  type Disposable,
  type Event,
  EventEmitter,
  type Uri,
  ViewColumn,
  type WebviewPanel,
  window,
} from 'vscode'
import { togetherLimits } from '../../shared/limits.ts'
import { toError } from '../../shared/unknown.ts'
import type { HostSession } from '../sessions/hostSession.ts'
import { isLive } from '../sessions/hostSession.ts'
import { titleOf } from '../sessions/sessionLook.ts'
import type { Sessions } from '../sessions/sessions.ts'
import { tellProblem } from '../window/dialogs.ts'
import type { Log } from '../window/log.ts'
import { isCancelled, tellCancelled } from '../window/slowWork.ts'
import { readPanelState } from './restoredPanel.ts'
import type { TimelineActions } from './timelineActions.ts'
import { type About, createTimelinePanel, type TimelinePanel } from './timelinePanel.ts'
import { togetherName } from './togetherLook.ts'

const viewType = 'lifeline.timeline'

export interface Timelines extends Disposable {
  /** The panel that has the focus or was the last to have it. */
  readonly current: TimelinePanel | undefined
  readonly all: readonly TimelinePanel[]
  /** A panel was opened or closed, or shows another session. */
  readonly onDidChange: Event<void>
  /** Opens the panel that shows the session alone, or brings it to the front. */
  show(session: HostSession): TimelinePanel
  /**
   * The same of a panel that shows several beside each other, as many as `togetherLimits` allows: the first ones. Of one
   * session it is that of the session alone.
   */
  showTogether(sessions: readonly HostSession[], about?: Partial<About>): TimelinePanel
  /** The panel that shows the session alone or, where there is none, beside others. */
  find(session: HostSession): TimelinePanel | undefined
  /** Another session takes its place in all panels, one of which comes to the front; false where none shows it. */
  replace(session: HostSession, next: HostSession): boolean
  /** Closes the panel that shows the session alone, and takes it out of the others. */
  remove(session: HostSession): void
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

  function adopt(panel: WebviewPanel, shown: readonly HostSession[], about: About): TimelinePanel {
    const given = { panel, sessions: shown, about, dist, actions, log }
    const timeline = createTimelinePanel({ ...given, showAlone: show, onLeft, onClosed })
    function onClosed(): void {
      panels.delete(timeline)
      onLeft(timeline.sessions)
    }
    panels.add(timeline)
    changes.fire()
    panel.onDidChangeViewState(() => {
      if (!panel.active || !panels.delete(timeline)) return
      panels.add(timeline)
    })
    return timeline
  }

  function onLeft(left: readonly HostSession[]): void {
    for (const session of left) release(session)
    changes.fire()
  }

  /** A session that has ended and is no longer shown ends its thread; its capture stays in the list. */
  function release(session: HostSession): void {
    if (isLive(session) || session.capturePath === null || find(session)) return
    sessions.putAway(session).catch((error) => log.fault('A session could not be closed', error))
  }

  function findAlone(session: HostSession): TimelinePanel | undefined {
    return [...panels].find(({ sessions: [first, ...others] }) => {
      return first === session && others.length === 0
    })
  }

  const showing = (session: HostSession) =>
    [...panels].filter((one) => one.sessions.includes(session))
  const find = (session: HostSession) => findAlone(session) ?? showing(session)[0]

  function open(title: string, shown: readonly HostSession[], about: About = ofNobody) {
    const panel = window.createWebviewPanel(viewType, title, ViewColumn.Active, {
      enableScripts: true,
      localResourceRoots: [dist],
    })
    return adopt(panel, shown, about)
  }

  function show(session: HostSession): TimelinePanel {
    const known = findAlone(session)
    known?.reveal()
    return known ?? open(titleOf(session), [session])
  }

  function showTogether(wanted: readonly HostSession[], told: Partial<About> = {}): TimelinePanel {
    const shown = [...new Set(wanted)].slice(0, togetherLimits.sessions)
    const [first, ...others] = shown
    if (!first) throw new Error('There is no session to be shown.')
    if (others.length === 0) return show(first)
    const known = [...panels].find((one) => isSame(one.sessions, shown))
    if (!known)
      return open(told.name ?? togetherName(shown.length), shown, { ...ofNobody, ...told })
    known.show(shown, told)
    known.reveal()
    return known
  }

  /** After a reload the workers are gone, but the captures are there. */
  async function restore(panel: WebviewPanel, state: unknown): Promise<void> {
    try {
      const { ids, about } = readPanelState(state)
      const opened = await Promise.allSettled(ids.map((id) => sessions.open(id)))
      const there = opened.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
      const lost = opened.find((one) => one.status === 'rejected')
      if (there.length === 0) throw lost?.reason
      adopt(panel, there, about)
      if (lost) tellLost(opened.length - there.length, lost.reason)
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
    showTogether,
    find,
    replace(session, next) {
      const holders = showing(session)
      for (const holder of holders) holder.replace(session, next)
      const front = holders.find(({ active }) => active) ?? holders.at(-1)
      front?.reveal()
      if (front) onLeft([session])
      return front !== undefined
    },
    remove(session) {
      for (const holder of showing(session)) {
        const others = holder.sessions.filter((one) => one !== session)
        if (others.length === 0) holder.dispose()
        else holder.show(others)
      }
    },
    // The panels stay: a window that reloads brings them back.
    dispose() {
      serializer.dispose()
      changes.dispose()
    },
  }
}

const ofNobody: About = { name: null, comparison: null }

function isSame(some: readonly HostSession[], others: readonly HostSession[]): boolean {
  return some.length === others.length && some.every((session) => others.includes(session))
}

function tellLost(count: number, reason: unknown): void {
  const which = count === 1 ? 'A session' : `${count} sessions`
  tellProblem(`${which} of a timeline could not be opened again. ${toError(reason).message}`)
}
