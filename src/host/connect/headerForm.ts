// The form for headers: names offered and typed, each secret or plain, then the value; no JSON.

import { type QuickPickItem, QuickPickItemKind, window } from 'vscode'
import type { Method } from '../../shared/endpoint/endpoint.ts'
import { pick, visibleItem } from '../window/dialogs.ts'
import { plainMessage } from '../window/plainMessage.ts'
import {
  bearer,
  checkGivenValue,
  checkTypedHeader,
  type GivenHeader,
  headerName,
  isUsuallySecret,
  login,
  parseTypedHeader,
  plainHeader,
  secretHeader,
  shownValue,
} from './givenHeader.ts'

export interface HeaderFormOptions {
  /** What the headers are for: a URL or a session's name. */
  readonly subject: string
  /** Whose headers cannot be set. */
  readonly method: Method
  /** Only what tells who asks. */
  readonly credentialsOnly?: boolean
}

interface NameItem extends QuickPickItem {
  /** Asks for what is still missing; absent from items that cannot be chosen. */
  readonly give?: (subject: string) => Promise<GivenHeader | undefined>
}

const inSecretStorage = 'the value goes to VS Code’s secret storage'

const credentials: readonly NameItem[] = [
  known('Authorization: Bearer …', 'A token', async (subject) => {
    const token = await askValue({ subject, name: 'Bearer token', isSecret: true })
    return token === undefined ? undefined : bearer(token.replace(/^bearer\s+/i, ''))
  }),
  known('Authorization: Basic …', 'A user name and a password', (subject) => {
    return askLogin(subject, 'basic')
  }),
  known('X-API-Key', 'A key', (subject) => askSecret(subject, 'X-API-Key')),
  known('Cookie', 'As a browser sends it: name=value; other=value', (subject) =>
    askSecret(subject, 'Cookie'),
  ),
  known('Authorization: Digest …', 'The answer to what the server asks first', (subject) => {
    return askLogin(subject, 'digest')
  }),
]

const others: readonly NameItem[] = (
  [
    ['Accept', 'The types that the answer may have'],
    ['Origin', 'The page that asks; many WebSocket servers want their own'],
    ['User-Agent', 'The program that asks'],
    ['Accept-Language', 'The languages that the answer may have'],
    ['Last-Event-ID', 'Where an event stream goes on'],
  ] as const
).map(([name, detail]) => ({
  label: name,
  detail,
  give: (subject) => askPlain(subject, name),
}))

function known(label: string, what: string, give: NonNullable<NameItem['give']>): NameItem {
  return { label: `$(key) ${label}`, detail: `${what}; ${inSecretStorage}`, give }
}

/** One header; undefined after Escape. */
export async function askHeader(options: HeaderFormOptions): Promise<GivenHeader | undefined> {
  for (;;) {
    const chosen = await askName(options)
    if (!chosen) return undefined
    // Escape in the value goes back to the names.
    const given = await chosen.give?.(options.subject)
    if (given) return given
  }
}

/** The headers once the user has added and removed some. */
export async function askHeaders(
  given: readonly GivenHeader[],
  options: HeaderFormOptions,
): Promise<readonly GivenHeader[]> {
  let headers = given
  for (let first = given.length === 0; ; first = false) {
    const act = first ? 'add' : await askAct(headers, options.subject)
    if (act === undefined || act === 'done') return headers
    if (act === 'add') {
      const added = await askHeader(options)
      if (added) headers = [...headers.filter((one) => !isSame(one, added)), added]
      else if (headers.length === 0) return headers
    } else {
      headers = headers.filter((one) => one !== act)
      if (headers.length === 0) return headers
    }
  }
}

function isSame(one: GivenHeader, other: GivenHeader): boolean {
  return headerName(one).toLowerCase() === headerName(other).toLowerCase()
}

async function askAct(
  headers: readonly GivenHeader[],
  subject: string,
): Promise<'done' | 'add' | GivenHeader | undefined> {
  type ActItem = QuickPickItem & { act: 'done' | 'add' | GivenHeader }
  const items: ActItem[] = [
    { label: '$(check) Done', detail: 'Go on to the connection', act: 'done' },
    { label: '$(add) Another header…', act: 'add' },
    ...headers.map((one): ActItem => {
      return { label: `$(trash) Remove ${headerName(one)}`, description: shownValue(one), act: one }
    }),
  ]
  return (await pick(items, 'Headers of this connection', { title: titleFor(subject) }))?.act
}

function askName(options: HeaderFormOptions): Promise<NameItem | undefined> {
  const input = window.createQuickPick<NameItem>()
  input.title = titleFor(options.subject)
  input.placeholder = options.credentialsOnly
    ? 'How are the credentials sent? Choose one, or type a header’s name'
    : 'Choose a header, or type its name, or “name: value”'
  input.ignoreFocusOut = true
  input.matchOnDetail = true
  function refresh(): void {
    input.items = nameItems(input.value, options).map(visibleItem)
  }
  input.onDidChangeValue(refresh)
  refresh()
  return new Promise((resolve) => {
    input.onDidAccept(() => {
      // The user may press Enter before the list has caught up.
      const [chosen = nameItems(input.value, options)[0]] = input.selectedItems
      if (!chosen?.give) return
      resolve(chosen)
      input.hide()
    })
    input.onDidHide(() => {
      resolve(undefined)
      input.dispose()
    })
    input.show()
  })
}

function nameItems(text: string, options: HeaderFormOptions): NameItem[] {
  const offered = options.credentialsOnly ? credentials : [...credentials, ...others]
  if (text.trim() === '') return [...offered]
  const separator = { label: 'Known headers', kind: QuickPickItemKind.Separator }
  return [...typedItems(text, options.method), separator, ...offered]
}

function typedItems(text: string, method: Method): NameItem[] {
  const typed = parseTypedHeader(text)
  const problem = checkTypedHeader(typed, method)
  if (problem !== null) return [{ label: `$(info) ${problem}`, alwaysShow: true }]
  const { name, value } = typed
  const secret: NameItem = {
    label: `$(key) ${name}, secret`,
    detail: `${inSecretStorage.replace(/^t/, 'T')}; the profile and captures hold a reference`,
    alwaysShow: true,
    give: async (subject) => {
      return value === null ? askSecret(subject, name) : secretHeader(name, value)
    },
  }
  const plain: NameItem = {
    label: `$(symbol-text) ${name}, plain`,
    detail: 'The value stands in the profile and in captures',
    alwaysShow: true,
    give: async (subject) => {
      return value === null ? askPlain(subject, name) : plainHeader(name, value)
    },
  }
  return isUsuallySecret(name) ? [secret, plain] : [plain, secret]
}

async function askSecret(subject: string, name: string): Promise<GivenHeader | undefined> {
  const value = await askValue({ subject, name, isSecret: true })
  return value === undefined ? undefined : secretHeader(name, value)
}

async function askPlain(subject: string, name: string): Promise<GivenHeader | undefined> {
  const value = await askValue({ subject, name, isSecret: false })
  return value === undefined ? undefined : plainHeader(name, value)
}

async function askLogin(
  subject: string,
  type: 'basic' | 'digest',
): Promise<GivenHeader | undefined> {
  const user = await askValue({ subject, name: 'User name', isSecret: false, isUser: true })
  if (user === undefined) return undefined
  const password = await askValue({ subject, name: `Password of ${user}`, isSecret: true })
  return password === undefined ? undefined : login(type, user, password)
}

interface ValueQuestion {
  readonly subject: string
  readonly name: string
  readonly isSecret: boolean
  readonly isUser?: boolean
}

async function askValue({ subject, name, isSecret, isUser }: ValueQuestion) {
  return window.showInputBox({
    title: titleFor(subject),
    prompt: plainMessage(isSecret ? `${name}: ${inSecretStorage}` : name),
    password: isSecret,
    ignoreFocusOut: true,
    validateInput(text) {
      if (isSecret && text.trim() === '') return 'Enter the value, or press Escape to go back.'
      // [rfc7617] 2: the first colon ends the name.
      if (isUser && text.includes(':')) return 'Remove the colon: a user name has none.'
      return isSecret ? checkSecret(text) : checkGivenValue(text)
    },
  })
}

/** Nothing in a secret is a reference. */
function checkSecret(text: string): string | null {
  return checkGivenValue(text.replaceAll('${', ''))
}

function titleFor(subject: string): string {
  return plainMessage(`Headers for ${subject}`)
}
