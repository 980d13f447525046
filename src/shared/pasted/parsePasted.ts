// A command or a call that was pasted in the place of a URL → the profile entry that asks for the same.

import type { ClientMethod } from '../endpoint/endpoint.ts'
import { type Parsed, refused } from '../endpoint/problem.ts'
import { parseCurl } from './curl/parseCurl.ts'
import { parseWebSocketClient } from './curl/webSocketClients.ts'
import { parseScript, scriptCall } from './script/parseScript.ts'
import { isWebRequest, parseWebRequest } from './script/webRequest.ts'
import type { PastedRequest } from './shapes/pastedRequest.ts'
import { isNamed, shellCommand } from './shell/shellCommand.ts'

const curlWord = /(?:^|[\s;&|(\\/!"'])curl(?:\.exe)?(?=["']?(?:\s|$))/i

/** What a shell writes before a command; a `#` is one only before a command, or else begins a comment. */
const prompt =
  /^\s*(?:PS [^>\n]*>|[A-Z]:\\[^>\n]*>|\[[^\]\n]*\][$#%]|[\w.-]+@[^\s$#%]*[$#%]|[$%❯➜»λ](?=\s)|[#>](?=\s+(?:curl|sudo|fetch)\b))\s*/i

/** The marks of a block or a piece of code in Markdown. */
function withoutFence(text: string): string {
  const trimmed = text.trim()
  const block = trimmed.replace(/^```[\w-]*\s/, '')
  if (block !== trimmed) return block.endsWith('```') ? block.slice(0, -3) : block
  const [, piece] = /^`((?:curl|fetch|new)\b[^`]+)`$/.exec(trimmed) ?? []
  return piece ?? text
}

/** Programs whose commands are not read, as a sentence calls them. */
const otherPrograms: Readonly<Record<string, string>> = {
  wget: 'Wget',
  http: 'HTTPie',
  https: 'HTTPie',
  httpie: 'HTTPie',
  xh: 'xh',
  xhs: 'xh',
  ncat: 'Ncat',
  nc: 'Netcat',
  telnet: 'Telnet',
  grpcurl: 'gRPCurl',
  axios: 'Axios',
  ab: 'ApacheBench',
  hey: 'hey',
  openssl: 'OpenSSL',
}

/** Calls of libraries, by how they begin. */
const otherCalls: readonly (readonly [start: RegExp, name: string])[] = [
  [/^(?:\w+\s*=\s*)?requests\.\w+\s*\(|^import (?:requests|http\.client|urllib)/, 'Python'],
  [/^(?:(?:const|let|var)\s+[^=\n]{1,80}=\s*)?(?:await\s+)?axios(?:\.\w+)?\s*\(/, 'Axios'],
  [/^(?:(?:const|let|var)\s+\w+\s*=\s*)?(?:\$|jQuery)\.(?:ajax|get|post|getJSON)\s*\(/, 'jQuery'],
  [/^(?:var|let|const)\s+\w+\s*=\s*new XMLHttpRequest\b/, 'XMLHttpRequest'],
]

const socketClient = /^(?:npx\s+(?:-\w+\s+)?)?(?:wscat|websocat)(?=\s|$)/

type PastedKind = 'curl' | 'script' | 'web request' | 'socket client' | { readonly other: string }

/** Null for what is no command and no call, as a URL is none. */
function kindOf(text: string): PastedKind | null {
  const own = withoutFence(text).replace(prompt, '').trimStart()
  // A URL may hold any of these words.
  const isPath = own.includes('/') && !/[\s(]/.test(own)
  if (/^[\w+.-]+:(?:\/|$)/.test(own) || isPath) return null
  const curl = curlWord.exec(own)?.index ?? Number.POSITIVE_INFINITY
  const call = scriptCall.exec(own)?.index ?? Number.POSITIVE_INFINITY
  if (isWebRequest(own)) return 'web request'
  if (call < curl) return 'script'
  if (socketClient.test(own)) return 'socket client'
  const [, word = ''] = /^(\w+)\s/.exec(own) ?? []
  const program = Object.hasOwn(otherPrograms, word) ? otherPrograms[word] : undefined
  if (program !== undefined) return { other: program }
  const library = otherCalls.find(([start]) => start.test(own))
  if (library) return { other: library[1] }
  return curl < Number.POSITIVE_INFINITY ? 'curl' : null
}

/** Whether a text is meant as a command or a call. */
export function isPasted(text: string): boolean {
  return kindOf(text) !== null
}

/**
 * Reads the command as browsers copy it and people write it, for bash, zsh, fish, cmd and PowerShell, and `fetch(…)`,
 * `new EventSource(…)`, `new WebSocket(…)` and `Invoke-WebRequest` as data: nothing is run. The entry has a `method`
 * where the text tells it, or the one that is asked for.
 */
export function parsePasted(text: string, wanted?: ClientMethod): Parsed<PastedRequest> {
  const kind = kindOf(text)
  const own = withoutPrompts(text)
  if (kind === 'script') return parseScript(own, wanted)
  if (kind === 'web request') return parseWebRequest(own, wanted)
  if (kind === 'socket client') return parseWebSocketClient(own, wanted)
  if (kind === 'curl') return parseShell(own, wanted)
  const what = kind === null ? '' : `, not what is written for ${kind.other}`
  return refused(`Paste a URL, a curl command or a call of fetch(…)${what}.`)
}

function parseShell(text: string, wanted: ClientMethod | undefined): Parsed<PastedRequest> {
  const command = shellCommand(text, isNamed('curl'))
  if (!command.ok) return command
  return command.value === null
    ? refused('Begin with curl: the command stands behind another one.')
    : parseCurl(command.value, wanted)
}

/** Also without those that a shell writes before the lines that go on. */
function withoutPrompts(text: string): string {
  const code = withoutFence(text)
  const own = code.replace(prompt, '')
  return own === code ? code : own.replace(/([\\^`][^\S\n]*\r?\n)>+ /g, '$1')
}
