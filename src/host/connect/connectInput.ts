// "Connect…": a URL, with or without its scheme, or what was pasted, checked as it is typed; its entries name the method.

import { type QuickPickItem, QuickPickItemKind, ThemeIcon, window } from 'vscode'
import type { ClientMethod, Endpoint } from '../../shared/endpoint/endpoint.ts'
import { isClientMethod, methods, plainMethod } from '../../shared/endpoint/methods.ts'
import { isPasted } from '../../shared/pasted/parsePasted.ts'
import type { EndpointDefaults } from '../../shared/profile/shapes/profileField.ts'
import { lacksQueryCredential } from '../../shared/secrets/credentialNames.ts'
import type { Secret } from '../../shared/session/sessionPlan.ts'
import { peerName } from '../../shared/url/names.ts'
import { splitUserInfo, withoutPassword } from '../../shared/url/userInfo.ts'
import { tell, visibleItem } from '../window/dialogs.ts'
import { type ConnectChoice, choiceUrl, connectChoices } from './connectChoices.ts'
import { type GivenHeader, headerName, withHeader } from './givenHeader.ts'
import { askHeaders } from './headerForm.ts'
import { targetEndpoint } from './parseTarget.ts'
import type { RecentUrl } from './recentUrls.ts'

const exampleUrls = { http: 'https://example.com/events', ws: 'ws://localhost:8080/feed' }

export interface ConnectInputOptions {
  readonly recent: readonly RecentUrl[]
  readonly defaults: EndpointDefaults
  /** Set by the commands that name a method. */
  readonly method?: ClientMethod | undefined
  /** Of the box, where it is no usual connection. */
  readonly title?: string
  /** The endpoint whose URL is to be another; `base` has all else, unless a command is pasted. */
  readonly changes?: {
    readonly url: string
    readonly method: ClientMethod
    readonly base: Endpoint | undefined
  }
}

export interface ConnectAnswer {
  readonly endpoint: Endpoint
  /** Values of headers that were given as secrets; the endpoint refers to them. */
  readonly secrets: readonly Secret[]
}

/** The endpoint that the user names, or undefined when the input is closed. */
export async function askEndpoint(
  options: ConnectInputOptions,
): Promise<ConnectAnswer | undefined> {
  const { base } = options.changes ?? {}
  let typed = options.changes?.url ?? ''
  let headers: readonly GivenHeader[] = []
  for (;;) {
    const chosen = await askTarget(options, typed, headers)
    if (!chosen) return undefined
    typed = chosen.typed
    if (chosen.kind === 'headers') {
      const method = options.method ?? plainMethod
      headers = await askHeaders(headers, { subject: subjectOf(typed), method })
      continue
    }
    const parsed = targetEndpoint(chosen.target, chosen.method, options.defaults, base)
    if (!parsed.ok) continue
    const { notes } = chosen.target
    if (notes.length > 0) tell(notes.join(' '))
    return {
      endpoint: headers.reduce(withHeader, parsed.value),
      secrets: headers.flatMap(({ secrets }) => secrets),
    }
  }
}

/** `typed` is what the box holds. */
type Chosen =
  | (ConnectChoice & { readonly kind: 'target'; readonly typed: string })
  | { readonly kind: 'headers'; readonly typed: string }

interface UrlItem extends QuickPickItem {
  /** Absent from items that cannot be chosen. */
  readonly choose?: 'headers' | ConnectChoice | { readonly fill: string }
}

function askTarget(
  options: ConnectInputOptions,
  typed: string,
  headers: readonly GivenHeader[],
): Promise<Chosen | undefined> {
  const { method } = options
  const input = window.createQuickPick<UrlItem>()
  input.title = options.title
    ? options.title
    : options.changes
      ? 'Change the URL'
      : method
        ? `Connect with ${methods[method].label}`
        : 'Connect'
  const example = exampleUrls[method ? methods[method].scheme : 'http']
  input.placeholder = `URL (${example}), curl command or fetch(…)`
  input.ignoreFocusOut = true
  input.matchOnDescription = true
  input.buttons = [{ iconPath: new ThemeIcon('key'), tooltip: 'Headers…' }]
  input.value = typed

  function refresh(): void {
    input.items = listItems(input.value.trim(), options, headers).map(visibleItem)
  }
  input.onDidChangeValue(refresh)
  refresh()

  return new Promise((resolve) => {
    function answer(chosen: Chosen): void {
      resolve(chosen)
      input.hide()
    }
    input.onDidTriggerButton(() => answer({ kind: 'headers', typed: input.value }))
    input.onDidAccept(() => {
      const text = input.value.trim()
      // The user may press Enter before the list has caught up.
      const [item = listItems(text, options, headers)[0]] = input.selectedItems
      const chosen = item?.choose
      if (!chosen) return
      if (chosen === 'headers') return answer({ kind: 'headers', typed: input.value })
      if ('fill' in chosen) {
        input.value = chosen.fill
        refresh()
        return
      }
      answer({ kind: 'target', typed: text, ...chosen })
    })
    input.onDidHide(() => {
      resolve(undefined)
      input.dispose()
    })
    input.show()
  })
}

/** The host that headers are for, as far as it is known. */
function subjectOf(typed: string): string {
  const found = connectChoices(typed.trim())
  const [first] = found.ok ? found.value.choices : []
  return first ? peerName(choiceUrl(first)) : 'the next connection'
}

/** A user name without a password, or `?token=`. */
function lacksCredential(url: string): boolean {
  const { user = '', password = null } = splitUserInfo(url) ?? {}
  return (user !== '' && password === null) || lacksQueryCredential(url)
}

function listItems(
  text: string,
  options: ConnectInputOptions,
  headers: readonly GivenHeader[],
): UrlItem[] {
  const found = connectChoices(text, options.method, options.changes?.method)
  const offered = found.ok ? found.value.choices : []
  const recent = recentItems(options, text, offered)
  if (text === '') return [...recent, ...(headers.length > 0 ? [headersItem(headers)] : [])]
  if (!found.ok) {
    const [problem] = found.problems
    return [{ label: `$(info) ${problem?.message}`, alwaysShow: true }, ...recent]
  }
  const { choices, isWord } = found.value
  const isLikely = ({ target }: ConnectChoice) => target.url === choices[0]?.target.url
  const own = [
    ...choices.filter(isLikely).map((choice) => {
      return { ...choiceItem(choice), detail: methods[choice.method].line }
    }),
    ...(choices[0]?.target.notes ?? []).map(noteItem),
    headersItem(headers, isPasted(text)),
    ...choices.filter((choice) => !isLikely(choice)).map(choiceItem),
  ]
  // A word may be meant to search among the recent URLs.
  return isWord ? [...recent, separator('Connect to'), ...own] : [...own, ...recent]
}

function choiceItem(choice: ConnectChoice): UrlItem {
  const { label, icon } = methods[choice.method]
  const description = withoutPassword(choiceUrl(choice))
  // The label does not hold what was typed: VS Code would sort the entries by where they do.
  return { label: `$(${icon}) ${label}`, description, alwaysShow: true, choose: choice }
}

/** Of what was pasted and is not followed: the fact, and below it the reason. */
function noteItem(note: string): UrlItem {
  const [, fact = note, detail] = /^([^:]*): (.*)$/s.exec(note) ?? []
  return { label: `$(info) ${fact}`, ...(detail !== undefined && { detail }), alwaysShow: true }
}

/** `pasted`: those of the command are sent already. */
function headersItem(headers: readonly GivenHeader[], pasted = false): UrlItem {
  const names = headers.map(headerName).join(', ')
  const more = 'token, an API key, a cookie, or any other header'
  return {
    label: names === '' ? '$(key) Add headers…' : `$(key) Headers: ${names}`,
    detail:
      names === ''
        ? `${pasted ? 'Beside the pasted ones: a' : 'A'} ${more}`
        : 'Sent with what you choose here; add or remove some',
    alwaysShow: true,
    choose: 'headers',
  }
}

/** Those that are not among what is `offered` for the text. */
function recentItems(
  { recent, method }: ConnectInputOptions,
  text: string,
  offered: readonly ConnectChoice[],
): UrlItem[] {
  const items = recent
    .filter((one) => method === undefined || one.method === method)
    .filter(
      (one) =>
        one.url !== text &&
        !offered.some(
          (choice) =>
            choice.method === one.method && withoutPassword(choiceUrl(choice)) === one.url,
        ),
    )
    .flatMap((entry): UrlItem[] => {
      const known = method ?? entry.method
      if (!isClientMethod(known)) return []
      const target = { text: entry.url, url: entry.url, method: known, notes: [] }
      // It was kept without its credential, so the user can add it.
      const choose = lacksCredential(entry.url) ? { fill: entry.url } : { target, method: known }
      const { label, icon } = methods[known]
      // The label does not hold the URL: VS Code would move the entry above those for what was typed.
      return [{ label: `$(${icon}) ${label}`, description: entry.url, choose }]
    })
  return items.length === 0 ? [] : [separator('Recent'), ...items]
}

function separator(label: string): UrlItem {
  return { label, kind: QuickPickItemKind.Separator }
}
