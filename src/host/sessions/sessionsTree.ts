// The Sessions view: what this window watches, then the captures that are kept.

import {
  type Command,
  commands,
  type Disposable,
  EventEmitter,
  type TreeDataProvider,
  TreeItem,
  window,
} from 'vscode'
import { methods } from '../../shared/endpoint/methods.ts'
import { stateWord } from '../../shared/session/sessionState.ts'
import { formatSize } from '../../shared/text/units.ts'
import { visibleLine } from '../../shared/text/visibleText.ts'
import { withoutPassword } from '../../shared/url/userInfo.ts'
import { createThrottle, type Throttle } from '../window/throttle.ts'
import type { SavedCapture } from './captureFolder.ts'
import type { HostSession } from './hostSession.ts'
import { captureIcon, countsOf, stateIcon } from './sessionLook.ts'
import { isLive, type Sessions } from './sessions.ts'

/** What commands that are called from the view get. */
export type SessionsTreeItem = HostSession | SavedCapture

export interface SessionsTree extends Disposable {
  readonly provider: TreeDataProvider<SessionsTreeItem>
}

const refreshEveryMs = 500

/**
 * What a click or Enter on an item does. It takes no arguments: VS Code forgets those of an item that is
 * refreshed while it is clicked, and the click with them. So it means what is selected.
 */
const open: Command = { command: 'lifeline.sessions.open', title: 'Open' }

function isSession(item: SessionsTreeItem): item is HostSession {
  return 'status' in item
}

export function createSessionsTree(sessions: Sessions): SessionsTree {
  const changes = new EventEmitter<SessionsTreeItem | undefined>()
  const refreshes = new Map<HostSession, Throttle>()
  const provider: TreeDataProvider<SessionsTreeItem> = {
    onDidChangeTreeData: changes.event,
    getChildren: async (parent) => {
      return parent ? [] : [...sessions.all, ...(await sessions.saved())]
    },
    getTreeItem: (item) => (isSession(item) ? sessionItem(item) : captureItem(item)),
  }
  const view = window.createTreeView('lifeline.sessions', { treeDataProvider: provider })

  const listener = sessions.onDidChange(({ kind, session }) => {
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
    const [item] = view.selection
    if (!item) return
    await commands.executeCommand(
      isSession(item) ? 'lifeline.showTimeline' : 'lifeline.openCapture',
      item,
    )
  })

  const deletions = sessions.onDidDelete(() => changes.fire(undefined))

  function badge(): void {
    const { length } = sessions.live
    view.badge = length === 0 ? undefined : { value: length, tooltip: `${length} connected` }
  }

  return {
    provider,
    dispose() {
      listener.dispose()
      deletions.dispose()
      opening.dispose()
      for (const refresh of refreshes.values()) refresh.dispose()
      view.dispose()
      changes.dispose()
    },
  }
}

function sessionItem(session: HostSession): TreeItem {
  const name = visibleLine(session.name)
  const item = new TreeItem(name)
  const word = stateWord(session)
  const url = withoutPassword(session.endpoint.url)
  item.id = session.id
  item.iconPath = stateIcon(session)
  item.description = countsOf(session)
  item.contextValue = session.readOnly
    ? 'capture.open'
    : isLive(session)
      ? 'session.live'
      : 'session.ended'
  item.tooltip = [name, url, `${word}, ${countsOf(session)}`, session.status.outcome?.message]
    .filter((line) => line !== undefined)
    .map((line) => visibleLine(line))
    .join('\n')
  item.accessibilityInformation = { label: `${name}, ${word}, ${countsOf(session)}` }
  item.command = open
  return item
}

function captureItem(capture: SavedCapture): TreeItem {
  const label = visibleLine(capture.label)
  const item = new TreeItem(label)
  const method = capture.method ? methods[capture.method].label : 'Capture'
  const time = new Date(capture.startedAt).toLocaleString()
  item.id = capture.id
  item.iconPath = captureIcon
  item.description = `${method} · ${time} · ${formatSize(capture.sizeBytes)}`
  item.contextValue = 'capture'
  item.tooltip = `A capture of ${time}\n${visibleLine(capture.path)}`
  item.accessibilityInformation = { label: `Capture ${label}, ${item.description}` }
  item.command = open
  return item
}
