// One webview panel that shows one session: hydrates it, pushes its status, answers its calls.

import { Disposable, env, type Uri, type WebviewPanel } from 'vscode'
import type { CallCode } from '../../shared/calls/callCodes.ts'
import { checkCalls, forwardCalls } from '../../shared/calls/forwardCalls.ts'
import { type MarkingApi, noteRefused } from '../../shared/calls/markingApi.ts'
import type {
  ExportFile,
  Offered,
  PanelApi,
  TimelineAction,
  TimelineApi,
} from '../../shared/calls/messages.ts'
import { sessionCalls, timelineCalls } from '../../shared/calls/timelineCalls.ts'
import type { SavedFilter } from '../../shared/endpoint/endpoint.ts'
import type { ErrorAction } from '../../shared/frame/actionNames.ts'
import type { ActionFacts } from '../../shared/frame/errorActions.ts'
import type { RowFilter } from '../../shared/session/captureRows.ts'
import type { ExportFormat } from '../../shared/session/exportFormats.ts'
import type { FrameSpans } from '../../shared/session/frameSpans.ts'
import type { HostSession } from '../sessions/hostSession.ts'
import { describeSession, stateIcon, titleOf } from '../sessions/sessionLook.ts'
import type { Log } from '../window/log.ts'
import { createThrottle } from '../window/throttle.ts'
import type { KeptHabits } from './keptHabits.ts'
import { createPanelPages } from './panelPages.ts'
import { timelineHtml } from './timelineHtml.ts'
import { createTypedTexts } from './typedTexts.ts'

const labelEveryMs = 100

/** The filters that a session's profile keeps. */
export interface FilterKeeper {
  /** As they are now; of a session without a profile those that its capture has. */
  list(session: HostSession): Promise<readonly SavedFilter[]>
  /** As `PanelApi.keepFilter`. */
  keep(session: HostSession, filter: string): Promise<readonly SavedFilter[]>
}

/** The messages and requests that can be sent by their names. */
export interface MessageKeeper {
  /** Those that the session has begun with, and those that were saved since. */
  list(session: HostSession): Offered
  /** As `PanelApi.keepMessage`. */
  keep(session: HostSession, seq: number): Promise<Offered>
}

/** What a panel needs from its owner. */
export interface TimelineActions {
  /** Connects the session again, or a new one in its place where it has ended. */
  reconnect(session: HostSession): Promise<void>
  openPayload(session: HostSession, seq: number): Promise<void>
  openDifference(session: HostSession, from: number, to: number): Promise<void>
  readonly habits: KeptHabits
  /** As `PanelApi.keepShow`. */
  keepShow(session: HostSession, paths: readonly string[]): Promise<void>
  readonly filters: FilterKeeper
  readonly messages: MessageKeeper
  factsOf(session: HostSession): Promise<ActionFacts>
  /** As `PanelApi.act`. */
  act(session: HostSession, action: ErrorAction, about: number | CallCode): Promise<void>
  copyExport(
    session: HostSession,
    format: ExportFormat,
    shown: RowFilter,
    chosen: boolean,
  ): Promise<void>
  copySelected(
    session: HostSession,
    format: ExportFormat,
    shown: RowFilter,
    within: FrameSpans,
  ): Promise<void>
  saveExport(
    session: HostSession,
    shown: RowFilter,
    format: ExportFile,
    chosen: boolean,
  ): Promise<void>
}

export interface TimelinePanel extends Disposable {
  readonly session: HostSession
  readonly active: boolean
  /** The filter of its rows; null before the page has told. */
  readonly shown: RowFilter | null
  reveal(): void
  /** Shows another session in this panel. */
  show(session: HostSession): void
  perform(action: TimelineAction): void
}

export interface TimelinePanelOptions {
  readonly panel: WebviewPanel
  readonly session: HostSession
  /** The built files, the only ones that the page may load. */
  readonly dist: Uri
  readonly actions: TimelineActions
  readonly log: Log
  /** The panel was closed by the user or by `dispose`. */
  onClosed(): void
}

/** Takes the panel over: fills it now, and lets go of everything when it is closed. */
export function createTimelinePanel(options: TimelinePanelOptions): TimelinePanel {
  const { panel, actions, log } = options
  let session = options.session
  /** The page has asked for its first picture since it was last built. */
  let hydrated = false
  let shown: RowFilter | null = null
  let visible = panel.visible
  let closed = false
  let stopListening: Disposable | null = null
  const typing = createTypedTexts(() => session)

  const own: PanelApi & MarkingApi = {
    keepTyped: typing.keepTyped,
    async hydrate() {
      hydrated = true
      const asked = session
      const facts = await actions.factsOf(asked)
      const filters = await actions.filters.list(asked)
      const told = describeSession(asked, facts, actions.habits.current, filters)
      return { ...told, ...actions.messages.list(asked), typed: typing.last }
    },
    disconnect: () => session.stop(),
    reconnect: () => actions.reconnect(session),
    copy: async (text) => env.clipboard.writeText(text),
    openPayload: (seq) => actions.openPayload(session, seq),
    openDifference: (from, to) => actions.openDifference(session, from, to),
    act: (action, about) => actions.act(session, action, about),
    async showing(filter) {
      shown = filter
    },
    keepShow: (paths) => actions.keepShow(session, paths),
    async bookmark(seq, note) {
      const of = session
      if (note !== null && !(await of.isKeepable(note))) throw noteRefused()
      return (await of.api).bookmark(seq, note)
    },
    keepHabits: (changes) => actions.habits.change(changes, session),
    keepFilter: (filter) => actions.filters.keep(session, filter),
    keepMessage: (seq) => actions.messages.keep(session, seq),
    copyExport: (format, filter, chosen) => actions.copyExport(session, format, filter, chosen),
    copySelected: (format, filter, within) => actions.copySelected(session, format, filter, within),
    saveExport: (format, filter, chosen) => actions.saveExport(session, filter, format, chosen),
  }
  const api: TimelineApi = checkCalls(timelineCalls, {
    ...forwardCalls(sessionCalls, () => session.api),
    ...own,
  })

  const pages = createPanelPages({
    api,
    typing,
    sessionId: () => session.id,
    post(message) {
      if (!closed) void panel.webview.postMessage(message)
    },
    report: (problem) => log.fault('The timeline', problem),
  })

  function leavePage(why: string): void {
    stopFollowing()
    pages.leave(why)
    hydrated = false
  }

  /** Of what the page has wished the thread would read rows for nobody. */
  function stopFollowing(): void {
    if (hydrated) session.api.then((api) => api.follow(null)).catch(noMatter)
  }

  function tellPage(told: Promise<void>): void {
    told.catch((error) => {
      if (!closed && visible) log.fault('The timeline did not answer', error)
    })
  }

  /** The session's thread sets the pace. */
  function push(): void {
    if (!visible || !hydrated || closed) return
    const told = pages.remote.status(session.status, session.tail)
    session.hold(told.catch(noMatter))
    tellPage(told)
  }

  const relabel = createThrottle(labelEveryMs, label)

  function label(): void {
    panel.title = titleOf(session)
    panel.iconPath = stateIcon(session)
  }

  function attach(): void {
    stopListening?.dispose()
    stopListening = Disposable.from(
      session.onDidChange(() => {
        push()
        relabel.request()
      }),
      session.bookmarks.onDidChange((bookmarks) => {
        if (visible && hydrated && !closed) tellPage(pages.remote.bookmarks(bookmarks))
      }),
    )
    label()
    panel.webview.options = { enableScripts: true, localResourceRoots: [options.dist] }
    panel.webview.html = timelineHtml(panel.webview, options.dist, { sessionId: session.id })
  }

  const listeners = [
    actions.habits.onDidChange(({ habits, by }) => {
      if (by !== session && visible && hydrated && !closed) tellPage(pages.remote.habits(habits))
    }),
    panel.webview.onDidReceiveMessage(pages.receive),
    panel.onDidChangeViewState(() => {
      if (panel.visible === visible) return
      visible = panel.visible
      if (visible) tellPage(pages.remote.visible(true))
      else leavePage('The timeline is hidden.')
    }),
    panel.onDidDispose(() => {
      closed = true
      stopFollowing()
      pages.close('The timeline is closed.')
      relabel.dispose()
      stopListening?.dispose()
      for (const listener of listeners) listener.dispose()
      options.onClosed()
    }),
  ]
  attach()

  return {
    get session() {
      return session
    },
    get active() {
      return panel.active
    },
    get shown() {
      return shown
    },
    reveal: () => panel.reveal(undefined, false),
    show(next) {
      leavePage('The timeline shows another session.')
      session = next
      typing.change()
      shown = null
      attach()
    },
    perform: (action) => tellPage(pages.remote.perform(action)),
    dispose: () => panel.dispose(),
  }
}

/** Of a session whose thread is gone nothing comes either, and a page that is gone has nothing to draw. */
function noMatter(): void {}
