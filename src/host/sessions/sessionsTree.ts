// The Sessions view: what this window watches, then the captures that are kept.

import {
  type Command,
  commands,
  Disposable,
  type Event,
  EventEmitter,
  type TreeDataProvider,
  TreeItem,
  window,
} from 'vscode'
import { methods } from '../../shared/endpoint/methods.ts'
import { stateWord } from '../../shared/session/sessionState.ts'
import { formatSize } from '../../shared/text/units.ts'
import { visibleLine } from '../../shared/text/visibleText.ts'
import { peerName } from '../../shared/url/names.ts'
import { withoutPassword } from '../../shared/url/userInfo.ts'
import { createClickedItem } from '../window/clickedItem.ts'
import { selectedWith } from '../window/selectedWith.ts'
import { createThrottle, type Throttle } from '../window/throttle.ts'
import type { CaptureFacts, CaptureFactsMemory } from './captureFacts.ts'
import type { SavedCapture } from './captureFolder.ts'
import type { HostSession } from './hostSession.ts'
import { isLive } from './hostSession.ts'
import { countsOf, iconOfCapture, listensOn, momentOf, placeOf, stateIcon } from './sessionLook.ts'
import type { Sessions } from './sessions.ts'

/** What commands that are called from the view get. */
export type SessionsTreeItem = HostSession | SavedCapture

export interface SessionsTree extends Disposable {
  readonly provider: TreeDataProvider<SessionsTreeItem>
  /** What a command is about that was called for this item: all that is selected where it is among that. */
  selectedWith(item: unknown): readonly unknown[]
}

/** The tabs of the window. */
export interface ShownSessions {
  readonly onDidChange: Event<void>
  find(session: HostSession): unknown
}

export interface SessionsTreeOptions {
  readonly sessions: Sessions
  readonly shown: ShownSessions
  readonly facts: CaptureFactsMemory
}

const refreshEveryMs = 500

/** Decides whether a menu offers to disconnect all. */
const contextKey = 'lifeline.connected'

/**
 * What a click or Enter on an item does. It takes no arguments: VS Code forgets those of an item that is
 * refreshed while it is clicked, and the click with them. So it means what is selected.
 */
const open: Command = { command: 'lifeline.sessions.open', title: 'Open' }

function isSession(item: SessionsTreeItem): item is HostSession {
  return 'status' in item
}

/** By their start, the newest first, whatever becomes of them: what is clicked stays where it is. */
function byStart(one: SessionsTreeItem, other: SessionsTreeItem): number {
  return one.id < other.id ? 1 : -1
}

export function createSessionsTree({ sessions, shown, facts }: SessionsTreeOptions): SessionsTree {
  const changes = new EventEmitter<SessionsTreeItem | undefined>()
  const clicked = createClickedItem<SessionsTreeItem>()
  const refreshes = new Map<HostSession, Throttle>()
  const provider: TreeDataProvider<SessionsTreeItem> = {
    onDidChangeTreeData: changes.event,
    getChildren: async (parent) => {
      return parent ? [] : [...sessions.all, ...(await sessions.saved())].toSorted(byStart)
    },
    getTreeItem(item) {
      clicked.listed()
      if (!isSession(item)) return captureItem(item, facts.find(item.id))
      return sessionItem(item, shown.find(item) !== undefined)
    },
  }
  const view = window.createTreeView('lifeline.sessions', {
    treeDataProvider: provider,
    canSelectMany: true,
  })

  const listener = sessions.onDidChange(({ kind, session }) => {
    if (!session.readOnly) note(session)
    if (kind === 'status') {
      refreshes.get(session)?.request()
      return
    }
    refreshes.get(session)?.dispose()
    refreshes.delete(session)
    if (kind === 'added') {
      const refresh = createThrottle(refreshEveryMs, () => {
        changes.fire(session)
        badge()
      })
      refreshes.set(session, refresh)
    }
    changes.fire(undefined)
    badge()
  })

  const opening = commands.registerCommand(open.command, async () => {
    const item = await clicked.in(view)
    if (!item) return
    await commands.executeCommand(
      isSession(item) ? 'lifeline.showTimeline' : 'lifeline.openCapture',
      item,
    )
  })

  const others = Disposable.from(
    sessions.onDidDelete(() => changes.fire(undefined)),
    // Not all anew: meanwhile a click or a key would find no item.
    shown.onDidChange(() => {
      for (const session of sessions.all) changes.fire(session)
    }),
  )

  function note({ id, endpoint, status }: HostSession): void {
    const { outcome } = status
    const failure = outcome?.by === 'error' ? outcome.message : null
    facts.note(id, { peer: peerName(withoutPassword(endpoint.url)), failure })
  }

  function badge(): void {
    const { length } = sessions.live
    void commands.executeCommand('setContext', contextKey, length > 0)
    view.badge = length === 0 ? undefined : { value: length, tooltip: `${length} connected` }
  }

  return {
    provider,
    selectedWith: (item) => selectedWith(view, item),
    dispose() {
      listener.dispose()
      others.dispose()
      opening.dispose()
      for (const refresh of refreshes.values()) refresh.dispose()
      view.dispose()
      changes.dispose()
      clicked.dispose()
    },
  }
}

function sessionItem(session: HostSession, isShown: boolean): TreeItem {
  const name = visibleLine(session.name)
  const item = new TreeItem(name)
  const word = stateWord(session)
  const url = withoutPassword(session.endpoint.url)
  // It records on, and nothing else on the screen says so.
  const hidden = isLive(session) && !isShown ? ['tab closed'] : []
  item.id = session.id
  item.iconPath = stateIcon(session)
  item.description = [...hidden, placeOf(session)].join(' · ')
  const kind = session.endpoint.tap === null ? 'session' : 'tap'
  item.contextValue = session.readOnly
    ? 'capture.open'
    : `${kind}.${isLive(session) ? 'live' : 'ended'}`
  const recordsOn =
    hidden.length > 0 ? 'Its tab is closed, and it records on: a click shows it.' : undefined
  const { outcome } = session.status
  const listens = listensOn(session.status) ?? undefined
  item.tooltip = [name, url, `${word}, ${countsOf(session)}`, listens, recordsOn, outcome?.message]
    .filter((line) => line !== undefined)
    .map((line) => visibleLine(line))
    .join('\n')
  item.accessibilityInformation = {
    label: [name, word, ...hidden, countsOf(session), ...(listens ? [listens] : [])].join(', '),
  }
  item.command = open
  return item
}

function captureItem(capture: SavedCapture, facts: CaptureFacts | undefined): TreeItem {
  const label = visibleLine(capture.label)
  const item = new TreeItem(label)
  const method = capture.method ? methods[capture.method].label : 'Capture'
  const moment = momentOf(capture.startedAt)
  const peer = visibleLine(facts?.peer ?? '')
  const failure = facts?.failure ? visibleLine(facts.failure) : null
  const where = peer === '' || label.startsWith(peer) ? [] : [peer]
  item.id = capture.id
  item.iconPath = iconOfCapture(failure !== null)
  item.description = [...where, moment, failure ?? formatSize(capture.sizeBytes)].join(' · ')
  item.contextValue = 'capture'
  const time = new Date(capture.startedAt).toLocaleString()
  const what = `A capture of ${time}, ${method}, ${formatSize(capture.sizeBytes)}`
  item.tooltip = [what, ...where, ...(failure ? [failure] : []), visibleLine(capture.path)].join(
    '\n',
  )
  item.accessibilityInformation = {
    label: `Capture ${label}, ${method}, ${failure === null ? '' : 'failed, '}${item.description}`,
  }
  item.command = open
  return item
}
