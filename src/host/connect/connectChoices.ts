// The choices for what is typed into "Connect…": each a URL with a method, the best guess first.

import type { ClientMethod } from '../../shared/endpoint/endpoint.ts'
import { allMethods, httpMethods, urlFor } from '../../shared/endpoint/methods.ts'
import type { Parsed } from '../../shared/endpoint/problem.ts'
import { guessUrls, isBareWord } from '../../shared/pasted/guessUrls.ts'
import { isPasted } from '../../shared/pasted/parsePasted.ts'
import { type ConnectTarget, parseTarget } from './parseTarget.ts'

export interface ConnectChoice {
  readonly target: ConnectTarget
  readonly method: ClientMethod
}

export interface ConnectChoices {
  /** Never empty. */
  readonly choices: readonly ConnectChoice[]
  /** A bare word, which may be a host, or the start of something else. */
  readonly isWord: boolean
}

/** For a URL that starts with http: what delivers soonest first, what has another scheme last. */
const inOrder: readonly ClientMethod[] = [
  ...httpMethods.toReversed(),
  ...allMethods.filter((each) => !httpMethods.includes(each)),
]

/** What a URL tells of its method; the first that fits. */
const hints: readonly (readonly [hint: RegExp, method: ClientMethod])[] = [
  [
    /(?:^|[/_.-])(?:ws|wss|websockets?|sockets?|cable|graphql-ws|signalr|mqtt)(?=$|[/?#_.-])/i,
    'websocket',
  ],
  [/(?:^|[/_.-])(?:long-?poll(?:ing)?|comet|lp|updates)(?=$|[/?#_.-])/i, 'long-polling'],
  [
    /(?:^|[/_.-])(?:sse|events?|streams?|eventsource|notifications|subscribe)(?=$|[/?#_.-])/i,
    'sse',
  ],
  [/[?&](?:since|cursor|wait|timeout|after|last_?id)=/i, 'long-polling'],
  [/(?:^|[/_.-])(?:poll|status|health|healthz|json|api)(?=$|[/?#_.-])/i, 'polling'],
]

/**
 * `method` is set by the commands that name one, `before` is that of the connection whose URL is changed. A URL without
 * a scheme gets those that may be meant. A problem says what to change.
 */
export function connectChoices(
  text: string,
  method?: ClientMethod,
  before?: ClientMethod,
): Parsed<ConnectChoices> {
  const urls = isPasted(text) ? [] : guessUrls(text)
  if (urls.length === 0) return choicesFor(text, method, 'sse', before)
  // Who leaves the scheme out has more often a WebSocket than not: its scheme is the one that nobody knows by heart.
  const found = urls.map((url) => choicesFor(url, method, 'websocket', before))
  const choices = found.flatMap((one) => (one.ok ? one.value.choices : []))
  return choices.length === 0
    ? choicesFor(text, method, 'sse', before)
    : { ok: true, value: { choices, isWord: isBareWord(text) } }
}

/** For one URL, or what was pasted, as it stands; `usual` is the guess where it tells nothing, `before` goes before any. */
function choicesFor(
  text: string,
  method: ClientMethod | undefined,
  usual: ClientMethod,
  before: ClientMethod | undefined,
): Parsed<ConnectChoices> {
  const parsed = parseTarget(text, method)
  if (!parsed.ok) return parsed
  const target = parsed.value
  const known = method ?? target.method
  const first = known ?? before ?? hintOf(target.url) ?? usual
  // What was pasted asked for something over HTTP: a WebSocket is meant where it says so, or its URL does.
  const others = isPasted(text) ? inOrder.filter((each) => httpMethods.includes(each)) : inOrder
  const offered = known ? [known] : [first, ...others.filter((each) => each !== first)]
  const choices = offered.map((each): ConnectChoice => {
    return { target: { ...target, method: each }, method: each }
  })
  return { ok: true, value: { choices, isWord: false } }
}

function hintOf(url: string): ClientMethod | null {
  const path = pathOf(url)
  return hints.find(([hint]) => hint.test(path))?.[1] ?? null
}

/** Path, query and the first label of the host, which tell of the method; not the user's password. */
function pathOf(url: string): string {
  const [, host = '', rest = ''] =
    /^[^:]*:\/\/(?:[^/?#@]*@)?([^/?#:]*)[^/?#]*(.*)$/s.exec(url) ?? []
  return `${/^[^.]*(?=\.)/.exec(host)?.[0] ?? ''}${rest}`
}

/** The URL that a choice connects to. */
export function choiceUrl({ target, method }: ConnectChoice): string {
  return isPasted(target.text) ? target.url : urlFor(method, target.url)
}
