// "Connect…": a URL or a curl command, checked as it is typed, then the method.

import { QuickInputButtons, type QuickPickItem, QuickPickItemKind, window } from 'vscode'
import type { Endpoint, Method } from '../../shared/endpoint/endpoint.ts'
import { allMethods, httpMethods, methods } from '../../shared/endpoint/methods.ts'
import type { EndpointDefaults } from '../../shared/profile/shapes/profileField.ts'
import { lacksQueryCredential } from '../../shared/secrets/credentialNames.ts'
import { visibleLine } from '../../shared/text/visibleText.ts'
import { splitUserInfo } from '../../shared/url/userInfo.ts'
import { visibleItem } from '../window/dialogs.ts'
import { type ConnectTarget, parseTarget, targetEndpoint } from './parseTarget.ts'
import type { RecentUrl } from './recentUrls.ts'

const exampleUrls = { http: 'https://example.com/events', ws: 'ws://localhost:8080/feed' }

export interface ConnectInputOptions {
  readonly recent: readonly RecentUrl[]
  readonly defaults: EndpointDefaults
  /** Set by the commands that name a method. */
  readonly method?: Method | undefined
}

/** The endpoint that the user names, or undefined when the input is closed. */
export async function askEndpoint(options: ConnectInputOptions): Promise<Endpoint | undefined> {
  let typed = ''
  for (;;) {
    const target = await askUrl(options, typed)
    if (!target) return undefined
    const method = target.method ?? (await askMethod(target.url))
    if (method === undefined) return undefined
    if (method === 'back') {
      typed = target.text
      continue
    }
    const parsed = targetEndpoint(target, method, options.defaults)
    if (parsed.ok) return parsed.value
    typed = target.text
  }
}

interface UrlItem extends QuickPickItem {
  /** Absent from items that cannot be chosen. */
  readonly target?: ConnectTarget
}

function askUrl(options: ConnectInputOptions, typed: string): Promise<ConnectTarget | undefined> {
  const { method, recent } = options
  const input = window.createQuickPick<UrlItem>()
  input.title = method ? `Connect with ${methods[method].label}` : 'Connect'
  const example = exampleUrls[method ? methods[method].scheme : 'http']
  input.placeholder = `URL to connect to or curl command, for example ${example}`
  input.ignoreFocusOut = true
  input.matchOnDescription = true
  input.value = typed
  const fit = recent.filter((one) => method === undefined || one.method === method)

  function refresh(): void {
    const text = input.value.trim()
    input.items = [...typedItems(text, method), ...recentItems(fit, method, text)].map(visibleItem)
  }
  input.onDidChangeValue(refresh)
  refresh()

  return new Promise((resolve) => {
    input.onDidAccept(() => {
      // The user may press Enter before the list has caught up.
      const [chosen = typedItems(input.value.trim(), method)[0]] = input.selectedItems
      const target = chosen?.target
      if (!target) return
      // The URL was kept without its credential, so let the user add it.
      if (lacksCredential(target.text) && input.value.trim() !== target.text) {
        input.value = target.text
        refresh()
        return
      }
      resolve(target)
      input.hide()
    })
    input.onDidHide(() => {
      resolve(undefined)
      input.dispose()
    })
    input.show()
  })
}

/** A user name without a password, or `?token=`. */
function lacksCredential(url: string): boolean {
  const { user = '', password = null } = splitUserInfo(url) ?? {}
  return (user !== '' && password === null) || lacksQueryCredential(url)
}

function typedItems(text: string, method: Method | undefined): UrlItem[] {
  if (text === '') return []
  const target = parseTarget(text, method)
  if (!target.ok) {
    const [problem] = target.problems
    return [{ label: `$(info) ${problem?.message}`, alwaysShow: true }]
  }
  const { url, method: known } = target.value
  const detail = known ? `Connect with ${methods[known].label}` : 'Choose the method next'
  return [{ label: `$(plug) ${url}`, detail, alwaysShow: true, target: target.value }]
}

function recentItems(
  recent: readonly RecentUrl[],
  method: Method | undefined,
  text: string,
): UrlItem[] {
  const items = recent
    .filter(({ url }) => url !== text)
    .map((entry): UrlItem => {
      const known = method ?? entry.method
      return {
        label: entry.url,
        description: methods[known].label,
        target: { text: entry.url, url: entry.url, method: known },
      }
    })
  return items.length === 0
    ? []
    : [{ label: 'Recent', kind: QuickPickItemKind.Separator }, ...items]
}

/** For a URL that starts with http: what delivers soonest first, what has another scheme last. */
const offered = [
  ...httpMethods.toReversed(),
  ...allMethods.filter((method) => !httpMethods.includes(method)),
]

function askMethod(url: string): Promise<Method | 'back' | undefined> {
  const input = window.createQuickPick<QuickPickItem & { method: Method }>()
  input.title = visibleLine(`Connect to ${url}`)
  input.placeholder = 'How does this endpoint deliver its data?'
  input.ignoreFocusOut = true
  input.buttons = [QuickInputButtons.Back]
  input.items = offered.map((method) => {
    const { label, line } = methods[method]
    return { label, detail: line, method }
  })
  return new Promise((resolve) => {
    input.onDidTriggerButton(() => {
      resolve('back')
      input.hide()
    })
    input.onDidAccept(() => {
      resolve(input.selectedItems[0]?.method)
      input.hide()
    })
    input.onDidHide(() => {
      resolve(undefined)
      input.dispose()
    })
    input.show()
  })
}
