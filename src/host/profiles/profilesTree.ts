// The Profiles view: every saved endpoint, the bad ones with their reason.

import {
  Disposable,
  EventEmitter,
  ThemeColor,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  window,
} from 'vscode'
import { methods } from '../../shared/endpoint/methods.ts'
import { visibleLine } from '../../shared/text/visibleText.ts'
import { withoutPassword } from '../../shared/url/userInfo.ts'
import type { ProfileEntry, Profiles } from './savedProfiles.ts'

export function createProfilesTree(profiles: Profiles): Disposable {
  const changes = new EventEmitter<undefined>()
  const provider: TreeDataProvider<ProfileEntry> = {
    onDidChangeTreeData: changes.event,
    async getChildren(parent) {
      await profiles.ready
      return parent ? [] : [...profiles.list()]
    },
    getTreeItem: profileItem,
  }
  return Disposable.from(
    window.createTreeView('lifeline.profiles', { treeDataProvider: provider }),
    changes,
    profiles.onDidChange(() => changes.fire(undefined)),
  )
}

function profileItem(entry: ProfileEntry): TreeItem {
  const { uri, endpoint, problems, folder, trusted, kind } = entry
  const name = visibleLine(entry.name)
  const item = new TreeItem(name)
  const where = folder ? `${folder.name}/.vscode/lifeline.json` : 'Your own profiles'
  const reference = { name: entry.name, uri }
  item.command = { command: 'lifeline.editProfiles', title: 'Edit', arguments: [reference] }
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
  item.description = `${method} · ${url}`
  item.contextValue = trusted ? 'profile' : 'profile.untrusted'
  const trust = 'Trust this workspace to connect the profiles that it brings along.'
  item.tooltip = [name, `${method}, ${url}`, ...(trusted ? [] : [trust]), where].join('\n')
  item.accessibilityInformation = {
    label: `Profile ${name}, ${method}, ${url}${trusted ? '' : ', workspace not trusted'}`,
  }
  return item
}
