// Questions ahead of a replay to a server: where it goes, how fast, with which credentials, and whether it may change something.

import { window } from 'vscode'
import { checkUrl } from '../../shared/endpoint/checks/checkUrl.ts'
import { urlFor } from '../../shared/endpoint/methods.ts'
import { secretReference } from '../../shared/endpoint/references.ts'
import { parseEndpoint } from '../../shared/profile/parseEndpoint.ts'
import type { ToSend } from '../../shared/session/replayTask.ts'
import type { Secret } from '../../shared/session/sessionPlan.ts'
import { formatCount } from '../../shared/text/units.ts'
import { visibleLine } from '../../shared/text/visibleText.ts'
import { isRecord } from '../../shared/unknown.ts'
import type { StartRequest } from '../sessions/sessions.ts'
import { pick } from '../window/dialogs.ts'
import { plainMessage } from '../window/plainMessage.ts'

const title = 'Replay to Server'

const speeds = [
  { label: 'As recorded', speed: 1 },
  { label: 'Twice as fast', speed: 2 },
  { label: 'Ten times as fast', speed: 10 },
  {
    label: 'As fast as it answers',
    description: 'each as soon as the one before is answered',
    speed: 0,
  },
] as const

/** Undefined where the user has closed a question. `given`: what a caller says instead: `{ to, speed }`. */
export async function askReplay(
  found: ToSend,
  path: string,
  given: unknown,
): Promise<StartRequest | undefined> {
  const { to, speed: wanted } = isRecord(given) ? given : {}
  const server = typeof to === 'string' ? to : await askServer(found.origin)
  if (server === undefined || checkServer(server) !== null) return undefined
  const speed =
    typeof wanted === 'number' ? wanted : (await pick(speeds, 'How fast?', { title }))?.speed
  if (speed === undefined || !(speed >= 0)) return undefined
  const secrets = await askSecrets(found.secrets, server)
  if (!secrets || !(await mayChange(found, server))) return undefined
  const parsed = parseEndpoint({
    url: urlFor(found.method, server.replace(/^ws/i, 'http')),
    method: found.method,
  })
  if (!parsed.ok) return undefined
  const resend = { path, range: { from: null, until: null }, speed }
  return {
    origin: { name: `Replay of ${found.name}`, endpoint: parsed.value, resend },
    ...{ endpoint: parsed.value, resolved: parsed.value, secrets },
  }
}

/** Of a caller that names the file itself. */
export function givenPath(item: unknown): string | undefined {
  return isRecord(item) && typeof item.path === 'string' ? item.path : undefined
}

async function askServer(origin: string): Promise<string | undefined> {
  const answer = await window.showInputBox({
    ...{ title, value: origin, ignoreFocusOut: true },
    prompt: 'Server to send to. Paths are those of the capture.',
    validateInput: (text) => checkServer(text.trim()),
  })
  return answer?.trim()
}

/** A sentence that says what to change, or null. */
function checkServer(text: string): string | null {
  const problem = checkUrl(text)
  if (problem !== null) return problem
  const { pathname, search } = new URL(text)
  return pathname === '/' && search === ''
    ? null
    : 'Write the server alone, such as https://staging.example.com: paths are those of the capture.'
}

/** Asked anew each time: what was kept for one server is not for another. */
async function askSecrets(
  names: readonly string[],
  server: string,
): Promise<readonly Secret[] | undefined> {
  const secrets: Secret[] = []
  for (const name of names) {
    const value = await window.showInputBox({
      ...{ title, password: true, ignoreFocusOut: true },
      prompt: visibleLine(
        `Value of ${secretReference(name)}, which the capture does not hold. It is sent to ${server}.`,
      ),
    })
    if (value === undefined) return undefined
    secrets.push({ name, value })
  }
  return secrets
}

async function mayChange({ words, effects }: ToSend, server: string): Promise<boolean> {
  if (effects === 0) return true
  const question = `Send ${words} to ${server}?`
  const detail = `${formatCount(effects)} of them may change something there: requests by POST, PUT, PATCH, DELETE and the like, and messages.`
  const answer = await window.showWarningMessage(
    plainMessage(question),
    { modal: true, detail },
    'Send',
  )
  return answer === 'Send'
}
