// One session in a panel: hydrates its part of the page, pushes its status, answers its calls.

import { Disposable, env } from 'vscode'
import { checkCalls, forwardCalls } from '../../shared/calls/forwardCalls.ts'
import { type MarkingApi, noteRefused } from '../../shared/calls/markingApi.ts'
import type {
  PanelApi,
  TimelineAction,
  TimelineApi,
  TimelineEvents,
} from '../../shared/calls/messages.ts'
import type { RpcMessage } from '../../shared/calls/rpc.ts'
import { sessionCalls, timelineCalls } from '../../shared/calls/timelineCalls.ts'
import type { RowFilter } from '../../shared/session/captureRows.ts'
import type { HostSession } from '../sessions/hostSession.ts'
import { describeSession } from '../sessions/sessionLook.ts'
import type { Log } from '../window/log.ts'
import { createPanelPages } from './panelPages.ts'
import type { TimelineActions } from './timelineActions.ts'
import { createTypedTexts } from './typedTexts.ts'

export interface SessionChannel extends Disposable {
  readonly session: HostSession
  /** The filter of its rows; null before the page has told. */
  readonly shown: RowFilter | null
  /** Whether a message is its page's: of its session, or of one that it showed before. */
  isOf(sessionId: string): boolean
  receive(message: unknown): void
  /** The page is visible again. */
  wake(): void
  perform: TimelineEvents['perform']
  /** Its page goes: answers to it must not reach the next. */
  leave(why: string): void
  /** Another session takes the place of its own, once the page has been left. */
  show(session: HostSession): void
}

export interface SessionChannelOptions {
  readonly session: HostSession
  readonly actions: TimelineActions
  readonly log: Log
  /** The message says of which session it is. */
  readonly post: (message: RpcMessage & { readonly sessionId: string }) => void
  /** Of the panel. */
  readonly visible: () => boolean
  /** The page that the panel has now; see `PanelPagesOptions`. */
  readonly page: () => number | undefined
  /** Whether the session's thread sends the newest rows along, which it does for one view: that of the session alone. */
  readonly follows: () => boolean
  /** The session goes on. */
  onStatus(): void
}

export function createSessionChannel(options: SessionChannelOptions): SessionChannel {
  const { actions, log } = options
  let session = options.session
  /** The page has asked for its first picture since it was last built. */
  let hydrated = false
  /** Acts for a page that does not listen yet. */
  const waiting: TimelineAction[] = []
  let shown: RowFilter | null = null
  let closed = false
  let stopListening: Disposable | null = null
  const before = new Set<string>()
  const typing = createTypedTexts(() => session)

  /** Of the timelines of one session each hears what another has changed. */
  const changer = { isKeepable: (text: string) => session.isKeepable(text) }
  const own: PanelApi & MarkingApi = {
    ...actingOn(() => session, actions),
    keepHabits: (changes) => actions.habits.change(changes, changer),
    keepTyped: typing.keepTyped,
    async hydrate() {
      hydrated = true
      const asked = session
      const facts = await actions.factsOf(asked)
      const filters = await actions.filters.list(asked)
      // Behind the answer.
      setImmediate(performWaiting)
      const told = describeSession(asked, facts, actions.habits.current, filters)
      return { ...told, ...actions.messages.list(asked), typed: typing.last }
    },
    async showing(filter) {
      shown = filter
    },
  }
  const forwarded = forwardCalls(sessionCalls, () => session.api)
  const api: TimelineApi = checkCalls(timelineCalls, {
    ...forwarded,
    ...own,
    analysis: async (name, scope) =>
      forwarded.analysis(
        name,
        name === 'findings' ? { ...scope, streamsBeside: actions.streamsBeside(session) } : scope,
      ),
    follow: async (wish) => (options.follows() ? forwarded.follow(wish) : undefined),
  })

  const pages = createPanelPages({
    api,
    typing,
    sessionId: () => session.id,
    page: options.page,
    post(message) {
      if (!closed) options.post({ ...message, sessionId: session.id })
    },
    report: (problem) => log.fault('The timeline', problem),
  })

  /** Of what the page has wished the thread would read rows for nobody. */
  function stopFollowing(): void {
    if (hydrated && options.follows()) session.api.then((api) => api.follow(null)).catch(noMatter)
  }

  function tellPage(told: Promise<void>): void {
    told.catch((error) => {
      if (!closed && options.visible()) log.fault('The timeline did not answer', error)
    })
  }

  function perform(action: TimelineAction): void {
    if (hydrated) tellPage(pages.remote.perform(action))
    else waiting.push(action)
  }

  function performWaiting(): void {
    for (const action of waiting.splice(0)) perform(action)
  }

  const isShown = () => options.visible() && hydrated && !closed

  /** The session's thread sets the pace. */
  function push(): void {
    if (!isShown()) return
    const told = pages.remote.status(session.status, options.follows() ? session.tail : null)
    session.hold(told.catch(noMatter))
    tellPage(told)
  }

  function listen(): void {
    stopListening?.dispose()
    stopListening = Disposable.from(
      session.onDidChange(() => {
        push()
        options.onStatus()
      }),
      session.bookmarks.onDidChange((bookmarks) => {
        if (isShown()) tellPage(pages.remote.bookmarks(bookmarks))
      }),
    )
  }

  const habits = actions.habits.onDidChange((change) => {
    if (change.by !== changer && isShown()) tellPage(pages.remote.habits(change.habits))
  })
  listen()

  return {
    get session() {
      return session
    },
    get shown() {
      return shown
    },
    isOf: (id) => id === session.id || before.has(id),
    receive: pages.receive,
    wake: () => tellPage(pages.remote.visible(true)),
    perform: async (action) => perform(action),
    leave(why) {
      stopFollowing()
      pages.leave(why)
      hydrated = false
    },
    show(next) {
      before.add(session.id)
      session = next
      typing.change()
      shown = null
      listen()
    },
    dispose() {
      closed = true
      stopFollowing()
      pages.close('The timeline is closed.')
      stopListening?.dispose()
      habits.dispose()
    },
  }
}

/** What the page asks of the window about its session. */
function actingOn(
  session: () => HostSession,
  actions: TimelineActions,
): Omit<PanelApi & MarkingApi, 'keepTyped' | 'keepHabits' | 'hydrate' | 'showing'> {
  return {
    disconnect: () => session().stop(),
    reconnect: () => actions.reconnect(session()),
    copy: async (text) => env.clipboard.writeText(text),
    openPayload: (seq) => actions.openPayload(session(), seq),
    openRule: (id) => actions.openRule(id),
    openDifference: (from, to) => actions.openDifference(session(), from, to),
    act: (action, about) => actions.act(session(), action, about),
    keepShow: (paths) => actions.keepShow(session(), paths),
    async bookmark(seq, note) {
      const of = session()
      if (note !== null && !(await of.isKeepable(note))) throw noteRefused()
      return (await of.api).bookmark(seq, note)
    },
    keepFilter: (filter) => actions.filters.keep(session(), filter),
    keepMessage: (seq) => actions.messages.keep(session(), seq),
    copyExport: (format, filter, chosen) => actions.copyExport(session(), format, filter, chosen),
    copySelected: (format, filter, within) =>
      actions.copySelected(session(), format, filter, within),
    saveExport: (format, filter, chosen) => actions.saveExport(session(), filter, format, chosen),
  }
}

/** Of a session whose thread is gone nothing comes either, and a page that is gone has nothing to draw. */
function noMatter(): void {}
