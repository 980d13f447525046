// The Profiles view: every saved endpoint, the bad ones with their reason, and the demo server while it runs.

import {
  commands,
  Disposable,
  type Event,
  EventEmitter,
  ThemeColor,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  window,
} from 'vscode'
import { methods } from '../../shared/endpoint/methods.ts'
import { visibleLine } from '../../shared/text/visibleText.ts'
import { peerName } from '../../shared/url/names.ts'
import { withoutPassword } from '../../shared/url/userInfo.ts'
import { createClickedItem } from '../window/clickedItem.ts'
import { selectedWith } from '../window/selectedWith.ts'
import type { ProfileEntry, Profiles } from './savedProfiles.ts'

/** The demo server. */
interface DemoItem {
  readonly kind: 'demo'
  readonly url: string
}

export interface RunningDemo {
  /** Null while it does not run. */
  readonly url: string | null
  readonly onDidChange: Event<void>
}

type ProfilesTreeItem = ProfileEntry | DemoItem

/** Decides whether a view offers to connect one. */
const contextKey = 'lifeline.hasProfiles'

/** Two clicks within this are one double click. */
const doubleClickMs = 600

/** What a click or Enter does, with what is selected: VS Code forgets the arguments of an item that is refreshed meanwhile. */
const open = { command: 'lifeline.profiles.open', title: 'Connect' }

export interface ProfilesTree extends Disposable {
  /** What a command is about that was called for this item: all that is selected where it is among that. */
  selectedWith(item: unknown): readonly unknown[]
}

export function createProfilesTree(profiles: Profiles, demo: RunningDemo): ProfilesTree {
  const changes = new EventEmitter<undefined>()
  const clicked = createClickedItem<ProfilesTreeItem>()
  const provider: TreeDataProvider<ProfilesTreeItem> = {
    onDidChangeTreeData: changes.event,
    async getChildren(parent) {
      await profiles.ready
      if (parent) return []
      const { url } = demo
      // At the top, where it is seen however long the list is.
      return [...(url === null ? [] : [{ kind: 'demo', url } as const]), ...profiles.list()]
    },
    getTreeItem(item) {
      clicked.listed()
      return item.kind === 'demo' ? demoItem(item) : profileItem(item)
    },
  }
  const view = window.createTreeView('lifeline.profiles', {
    treeDataProvider: provider,
    canSelectMany: true,
  })
  let opened: { readonly item: ProfilesTreeItem; readonly at: number } | null = null

  const opening = commands.registerCommand(open.command, async () => {
    const item = await clicked.in(view)
    if (!item) return
    const at = performance.now()
    const isDouble = opened?.item === item && at - opened.at < doubleClickMs
    opened = { item, at }
    if (!isDouble) await commands.executeCommand(commandFor(item), item)
  })

  function refresh(): void {
    changes.fire(undefined)
    const has = profiles.list().some(({ endpoint, trusted }) => endpoint !== null && trusted)
    void commands.executeCommand('setContext', contextKey, has)
  }
  void profiles.ready.then(refresh)

  const parts = Disposable.from(
    view,
    changes,
    clicked,
    opening,
    profiles.onDidChange(refresh),
    demo.onDidChange(refresh),
  )
  return {
    selectedWith: (item) => selectedWith(view, item),
    dispose: () => parts.dispose(),
  }
}

/** A profile that cannot be connected is there to be corrected. */
function commandFor(item: ProfilesTreeItem): string {
  if (item.kind === 'demo') return 'lifeline.connectDemo'
  return item.endpoint ? 'lifeline.connectProfile' : 'lifeline.editProfiles'
}

function demoItem({ url }: DemoItem): TreeItem {
  const item = new TreeItem('Demo server')
  item.id = 'demo'
  item.description = peerName(url)
  item.iconPath = new ThemeIcon('server-process', new ThemeColor('charts.green'))
  item.contextValue = 'demo'
  item.command = open
  item.tooltip = `The demo server runs on ${url}: one live feed behind all four methods.`
  item.accessibilityInformation = { label: `Demo server, running on ${url}` }
  return item
}

function profileItem(entry: ProfileEntry): TreeItem {
  const { endpoint, problems, folder, trusted, kind } = entry
  const name = visibleLine(entry.name)
  const item = new TreeItem(name)
  const where = folder ? `${folder.name}/.vscode/lifeline.json` : 'Your own profiles'
  item.command = open
  if (!endpoint) {
    const reasons = problems.map(({ message }) => visibleLine(message))
    item.iconPath = new ThemeIcon('error', new ThemeColor('list.errorForeground'))
    item.description = reasons[0] ?? ''
    item.tooltip = [name, ...reasons, where].join('\n')
    item.contextValue = `${kind}.bad`
    item.accessibilityInformation = { label: `${name}, not usable: ${reasons.join(' ')}` }
    return item
  }
  const url = visibleLine(withoutPassword(endpoint.url))
  const method = methods[endpoint.method].label
  item.iconPath = new ThemeIcon(trusted ? methods[endpoint.method].icon : 'workspace-untrusted')
  // The icon tells the method, the tooltip the whole URL.
  item.description = trusted ? hostAndPath(url) : `not trusted · ${hostAndPath(url)}`
  const kindOf = endpoint.tap === null ? 'profile' : 'profile.tap'
  item.contextValue = trusted ? kindOf : 'profile.untrusted'
  const trust = 'Trust this workspace to connect the profiles that it brings along.'
  item.tooltip = [name, `${method}, ${url}`, ...(trusted ? [] : [trust]), where].join('\n')
  item.accessibilityInformation = {
    label: `Profile ${name}, ${method}, ${url}${trusted ? '' : ', workspace not trusted'}`,
  }
  return item
}

/** What tells profiles apart where there is little room. */
function hostAndPath(url: string): string {
  return url.replace(/^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#@]*@)?/i, '')
}
