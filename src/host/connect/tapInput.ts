// "Tap a Server…": the server's URL, checked as it is typed, and a port where the user wants one of their own.

import { type QuickPickItem, QuickPickItemKind, window } from 'vscode'
import type { Endpoint } from '../../shared/endpoint/endpoint.ts'
import { methods } from '../../shared/endpoint/methods.ts'
import { visibleItem } from '../window/dialogs.ts'
import type { RecentUrl } from './recentUrls.ts'
import { checkPort, recentServers, tapChoices, tapEndpoint } from './tapChoices.ts'

export interface TapInputOptions {
  readonly recent: readonly RecentUrl[]
  /** The tap whose server is to be another. */
  readonly changes?: Endpoint
}

interface Chosen {
  readonly url: string
  /** The port is asked for. */
  readonly asksPort: boolean
}

interface TapItem extends QuickPickItem {
  /** Absent from items that cannot be chosen. */
  readonly choose?: Chosen
}

/** The endpoint of the tap that the user wants; undefined when the input is closed. */
export async function askTap(options: TapInputOptions): Promise<Endpoint | undefined> {
  const { changes } = options
  const chosen = await askServer(options)
  if (!chosen) return undefined
  const port = chosen.asksPort ? await askPort() : (changes?.tap?.port ?? null)
  if (port === undefined) return undefined
  const parsed = tapEndpoint(chosen.url, port)
  if (!parsed.ok) return undefined
  return changes ? { ...changes, url: chosen.url } : parsed.value
}

function askServer(options: TapInputOptions): Promise<Chosen | undefined> {
  const input = window.createQuickPick<TapItem>()
  input.title = options.changes ? 'Change the Server' : 'Tap a Server'
  input.placeholder = 'URL of the server that your program talks to (https://api.example.com)'
  input.ignoreFocusOut = true
  input.matchOnDescription = true
  input.value = options.changes?.url ?? ''

  const list = () => listItems(input.value.trim(), options)
  const refresh = () => {
    input.items = list().map(visibleItem)
  }
  input.onDidChangeValue(refresh)
  refresh()

  return new Promise((resolve) => {
    input.onDidAccept(() => {
      // The user may press Enter before the list has caught up.
      const [item = list()[0]] = input.selectedItems
      if (!item?.choose) return
      resolve(item.choose)
      input.hide()
    })
    input.onDidHide(() => {
      resolve(undefined)
      input.dispose()
    })
    input.show()
  })
}

function listItems(text: string, { recent, changes }: TapInputOptions): TapItem[] {
  const servers = recentServers(recent).filter((url) => url !== text)
  const items = servers.map((url) => ({ ...tapItem(url, false), alwaysShow: false }))
  const before: TapItem[] =
    items.length === 0 ? [] : [{ label: 'Recent', kind: QuickPickItemKind.Separator }, ...items]
  if (text === '') return before
  const found = tapChoices(text)
  if (!found.ok) {
    return [{ label: `$(info) ${found.problems[0]?.message}`, alwaysShow: true }, ...before]
  }
  const own = found.value.map((url, index) => ({
    ...tapItem(url, false),
    ...(index === 0 && !changes && { detail: 'On a free port of this machine' }),
  }))
  const [first = ''] = found.value
  // A tap that is changed keeps its port.
  return changes
    ? [...own, ...before]
    : [...own, { ...tapItem(first, true), alwaysShow: true }, ...before]
}

function tapItem(url: string, asksPort: boolean): TapItem {
  const name = asksPort
    ? '$(plug) On a port of your own…'
    : `$(${methods.tap.icon}) ${methods.tap.label}`
  return { label: name, description: url, alwaysShow: true, choose: { url, asksPort } }
}

/** Undefined after Escape. */
async function askPort(): Promise<number | undefined> {
  const typed = await window.showInputBox({
    title: 'Tap a Server',
    prompt: 'The port of this machine that your program is to connect to',
    placeHolder: '53124',
    ignoreFocusOut: true,
    validateInput: (text) => (text === '' ? null : checkPort(text)),
  })
  return typed === undefined || checkPort(typed) !== null ? undefined : Number(typed)
}
