// The commands of wscat and websocat → the profile entry that connects in the same way.

import type { ClientMethod } from '../../endpoint/endpoint.ts'
import { urlFor } from '../../endpoint/methods.ts'
import { type Parsed, refused } from '../../endpoint/problem.ts'
import { formatPairs } from '../../profile/fields/namedValuesField.ts'
import { parseLogin } from '../../text/login.ts'
import type { NamedValues } from '../../text/namedValues.ts'
import { type PastedRequest, saidFields } from '../shapes/pastedRequest.ts'
import { shellCommand } from '../shell/shellCommand.ts'
import type { ShellCommand } from '../shell/wantedCommand.ts'

type Meaning = 'url' | 'header' | 'subprotocol' | 'origin' | 'auth' | 'insecure' | 'send' | 'none'

interface Row {
  readonly means: Meaning
  readonly takesValue: boolean
}

const value = (means: Meaning): Row => ({ means, takesValue: true })
const flag = (means: Meaning): Row => ({ means, takesValue: false })

const options: ReadonlyMap<string, Row> = new Map([
  ...['-c', '--connect'].map((name) => [name, value('url')] as const),
  ...['-H', '--header'].map((name) => [name, value('header')] as const),
  ...['-s', '--subprotocol', '--protocol'].map((name) => [name, value('subprotocol')] as const),
  ...['-o', '--origin'].map((name) => [name, value('origin')] as const),
  ...['--auth', '--basic-auth'].map((name) => [name, value('auth')] as const),
  ...['-n', '--no-check', '-k', '--insecure'].map((name) => [name, flag('insecure')] as const),
  ...['-x', '--execute'].map((name) => [name, value('send')] as const),
  ...['-w', '--wait'].map((name) => [name, value('none')] as const),
  ...['-t', '--text', '-E', '--exit-on-eof', '-v', '-q', '-1', '-U', '--no-color'].map(
    (name) => [name, flag('none')] as const,
  ),
])

export function parseWebSocketClient(
  text: string,
  wanted: ClientMethod = 'websocket',
): Parsed<PastedRequest> {
  const command = shellCommand(text.replace(/^\s*npx\s+(?:-\w+\s+)?/, ''), isClient)
  if (!command.ok) return command
  if (command.value === null) return refused('Begin with wscat or websocat.')
  if (wanted !== 'websocket') return refused('Choose WebSocket: the command knows nothing else.')
  return readClient(command.value)
}

function isClient(word: string): boolean {
  return word === 'wscat' || word === 'websocat'
}

function readClient({ words, notes }: ShellCommand): Parsed<PastedRequest> {
  const read: { means: Meaning; value: string }[] = []
  const left = words.slice(1)
  for (let word = left.shift(); word !== undefined; word = left.shift()) {
    if (!word.startsWith('-')) {
      read.push({ means: 'url', value: word })
      continue
    }
    const [, name = '', attached] = /^(--[^=]+|-\w)=(.*)$/s.exec(word) ?? ['', word]
    const row = options.get(name)
    if (row === undefined) {
      return refused(
        'Keep the URL, headers (-H), subprotocols and --auth: Lifeline reads no more of it.',
      )
    }
    const held = row.takesValue ? (attached ?? left.shift() ?? '') : ''
    // websocat's -s serves.
    if (name === '-s' && words[0] === 'websocat')
      return refused('Remove -s: Lifeline serves nothing.')
    read.push({ means: row.means, value: held })
  }
  return entryOf(read, notes)
}

function entryOf(
  read: readonly { readonly means: Meaning; readonly value: string }[],
  notes: readonly string[],
): Parsed<PastedRequest> {
  const all = (means: Meaning) => read.filter((one) => one.means === means).map((one) => one.value)
  const [url, ...more] = all('url')
  if (url === undefined || more.length > 0) return refused('Write one URL after the command.')
  const headers: (readonly [string, string])[] = []
  for (const line of all('header')) {
    const [, name, held = ''] = /^([^:]+):\s*(.*)$/s.exec(line) ?? []
    if (name === undefined) return refused("Write the header after -H as 'Name: value'.")
    headers.push([name, held])
  }
  const origins: NamedValues = all('origin').map((origin) => ['Origin', origin])
  const login = parseLogin(all('auth')[0] ?? '')
  const send = all('send')
  const entry = saidFields({
    url: urlFor('websocket', /^\w+:\/\/|^\$\{/.test(url) ? url : `ws://${url}`),
    method: 'websocket',
    headers: formatPairs([...headers, ...origins]),
    auth: login && { type: 'basic', ...login },
    subprotocols: all('subprotocol').length > 0 ? all('subprotocol') : null,
    send: send.length > 0 ? send : null,
    tls: all('insecure').length > 0 ? { allowUntrusted: true } : null,
  })
  return { ok: true, value: { entry, notes } }
}
