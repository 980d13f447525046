// One webview panel, which shows one session or several beside each other: its page, its title, its calls.

import { Disposable, env, type Uri, type WebviewPanel } from 'vscode'
import { checkCalls } from '../../shared/calls/forwardCalls.ts'
import type { TimelineAction } from '../../shared/calls/messages.ts'
import { createRpc, type RpcMessage } from '../../shared/calls/rpc.ts'
import {
  type AskedComparison,
  type Together,
  type TogetherApi,
  type TogetherEvents,
  togetherCalls,
  togetherId,
} from '../../shared/calls/togetherApi.ts'
import type { RowFilter } from '../../shared/session/captureRows.ts'
import { visibleLine } from '../../shared/text/visibleText.ts'
import { isRecord } from '../../shared/unknown.ts'
import { type HostSession, isLive } from '../sessions/hostSession.ts'
import { stateIcon, titleOf } from '../sessions/sessionLook.ts'
import type { Log } from '../window/log.ts'
import { createThrottle } from '../window/throttle.ts'
import { checkSecretFree } from './secretFree.ts'
import { createSessionChannel, type SessionChannel } from './sessionChannel.ts'
import type { TimelineActions } from './timelineActions.ts'
import { type PanelState, timelineHtml } from './timelineHtml.ts'
import { togetherIcon, togetherName } from './togetherLook.ts'

const labelEveryMs = 100

export interface TimelinePanel extends Disposable {
  /** What commands are about: of several that of the lane with the keyboard. */
  readonly session: HostSession
  /** One, or several in the order of their lanes. */
  readonly sessions: readonly HostSession[]
  readonly active: boolean
  /** The filter of the rows of one of them; null before the page has told. */
  shownOf(session: HostSession): RowFilter | null
  reveal(): void
  /** Shows another session in the place of one of its own. */
  replace(session: HostSession, next: HostSession): void
  /** Shows these from now on, at least one; what they have in common with those before stays as it is. */
  show(sessions: readonly HostSession[], about?: Partial<About>): void
  perform(action: TimelineAction): void
}

/** What is told of several sessions. */
export interface About {
  /** Null: so many sessions. */
  readonly name: string | null
  readonly comparison: AskedComparison | null
}

export interface TimelinePanelOptions {
  readonly panel: WebviewPanel
  readonly sessions: readonly HostSession[]
  readonly about: About
  /** The built files, the only ones that the page may load. */
  readonly dist: Uri
  readonly actions: TimelineActions
  readonly log: Log
  /** In a panel of its own. */
  showAlone(session: HostSession): void
  /** It shows others than these now. */
  onLeft(sessions: readonly HostSession[]): void
  /** The panel was closed by the user or by `dispose`. */
  onClosed(): void
}

/** Takes the panel over: fills it now, and lets go of everything when it is closed. */
export function createTimelinePanel(options: TimelinePanelOptions): TimelinePanel {
  const { panel, actions, log } = options
  let { about } = options
  let channels: readonly SessionChannel[] = options.sessions.map(open)
  let active = 0
  let visible = panel.visible
  let closed = false
  /** One for each page of several sessions: what one has sent that was built before is not for the next. */
  let page = 0

  const sessions = () => channels.map(({ session }) => session)
  const isTogether = () => channels.length > 1
  const current = () => channels[active] ?? (channels[0] as SessionChannel)
  const pageNumber = () => (isTogether() ? page : undefined)

  function open(session: HostSession): SessionChannel {
    return createSessionChannel({
      ...{ session, actions, log, post },
      visible: () => visible,
      page: () => pageNumber(),
      follows: () => !isTogether(),
      onStatus: () => relabel.request(),
    })
  }

  function post(message: RpcMessage & { readonly sessionId: string }): void {
    if (!closed) void panel.webview.postMessage(message)
  }

  const own: TogetherApi = checkCalls(togetherCalls, {
    together: async () => told(),
    async activate(id) {
      const at = indexOf(id)
      if (at >= 0) active = at
    },
    async addSession() {
      const others = await actions.chooseOthers(sessions())
      if (others.length > 0) show([...sessions(), ...others])
    },
    async removeSession(id) {
      const left = sessions().filter((session) => session.id !== id)
      if (left.length > 0) show(left)
    },
    async showAlone(id) {
      const session = sessions().find((one) => one.id === id)
      if (session) options.showAlone(session)
    },
    stopAll: async () => void (await Promise.all(sessions().map((session) => session.stop()))),
    async copy(text) {
      await checkSecretFree(sessions(), text)
      await env.clipboard.writeText(text)
    },
    async saveText(name, text) {
      await checkSecretFree(sessions(), text)
      return actions.saveText(name, text)
    },
  })
  const join = () =>
    createRpc<TogetherApi, TogetherEvents>({
      port: { post: (message) => post({ ...message, sessionId: togetherId }) },
      local: own,
      report: (problem) => log.fault('The timeline', problem),
    })
  let together = join()

  const indexOf = (id: string) => channels.findIndex(({ session }) => session.id === id)

  function told(): Together {
    const name = about.name ?? togetherName(channels.length)
    return {
      sessionIds: sessions().map(({ id }) => id),
      name,
      comparison: about.comparison,
    }
  }

  /** The paths of a comparison were typed, and may hold a secret: they are not for the disk. */
  function stateOf(): PanelState {
    const { id } = current().session
    if (!isTogether()) return { sessionId: id }
    const { sessionIds, comparison } = told()
    const kept = comparison && { ...comparison, item: null, time: null }
    return { sessionIds, name: about.name, comparison: kept, activeId: id, page }
  }

  function leavePage(why: string): void {
    for (const channel of channels) channel.leave(why)
    together.close(why)
    together = join()
  }

  const relabel = createThrottle(labelEveryMs, label)

  function label(): void {
    const { session } = current()
    panel.title = isTogether() ? visibleLine(told().name) : titleOf(session)
    panel.iconPath = isTogether() ? togetherIcon(sessions().some(isLive)) : stateIcon(session)
  }

  function attach(): void {
    page++
    label()
    panel.webview.options = { enableScripts: true, localResourceRoots: [options.dist] }
    panel.webview.html = timelineHtml(panel.webview, options.dist, stateOf())
  }

  function show(next: readonly HostSession[], told: Partial<About> = {}): void {
    const { session } = current()
    leavePage('The timeline shows other sessions.')
    const before = channels
    channels = next.map((one) => before.find((channel) => channel.session === one) ?? open(one))
    const gone = before.filter((channel) => !channels.includes(channel))
    for (const channel of gone) channel.dispose()
    about = { ...about, ...told }
    active = Math.max(0, indexOf(session.id))
    attach()
    options.onLeft(gone.map((channel) => channel.session))
  }

  function receive(message: unknown): void {
    if (!isRecord(message) || typeof message.sessionId !== 'string') return
    const { sessionId } = message
    if (sessionId !== togetherId) channels.find(({ isOf }) => isOf(sessionId))?.receive(message)
    else if (message.page === pageNumber()) together.receive(message)
  }

  const listeners = Disposable.from(
    panel.webview.onDidReceiveMessage(receive),
    panel.onDidChangeViewState(() => {
      if (panel.visible === visible) return
      visible = panel.visible
      if (!visible) return leavePage('The timeline is hidden.')
      for (const channel of channels) channel.wake()
      if (isTogether()) tellTogether((remote) => remote.visible(true))
    }),
    panel.onDidDispose(() => {
      closed = true
      for (const channel of channels) channel.dispose()
      together.close('The timeline is closed.')
      relabel.dispose()
      listeners.dispose()
      options.onClosed()
    }),
  )

  function tellTogether(tell: (remote: TogetherEvents) => Promise<void>): void {
    tell(together.remote).catch((error) => {
      if (!closed && visible) log.fault('The timeline did not answer', error)
    })
  }

  attach()

  return {
    get session() {
      return current().session
    },
    get sessions() {
      return sessions()
    },
    get active() {
      return panel.active
    },
    shownOf: (session) => channels.find((one) => one.session === session)?.shown ?? null,
    reveal: () => panel.reveal(undefined, false),
    replace(session, next) {
      leavePage('The timeline shows another session.')
      channels.find((one) => one.session === session)?.show(next)
      attach()
    },
    show,
    perform(action) {
      if (isTogether()) tellTogether((remote) => remote.perform(action))
      else current().perform(action)
    },
    dispose: () => panel.dispose(),
  }
}
