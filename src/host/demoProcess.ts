// The demo server, run as a process of its own so that it cannot slow the editor.

import { type ChildProcess, fork } from 'node:child_process'
import { commands, type Disposable, type Event, EventEmitter, env, Uri } from 'vscode'
import type { ClientMethod, Endpoint } from '../shared/endpoint/endpoint.ts'
import { allMethods, methods } from '../shared/endpoint/methods.ts'
import { parseEndpoint } from '../shared/profile/parseEndpoint.ts'
import { sameFeedEntry } from '../shared/profile/sameFeed.ts'
import { toError } from '../shared/unknown.ts'
import { pick, tell, tellProblem } from './window/dialogs.ts'
import type { Log } from './window/log.ts'

const startLimitMs = 10_000
/** Decides whether a menu shows Start or Stop. */
const contextKey = 'lifeline.demoServerRunning'

export interface DemoProcess extends Disposable {
  /** `http://127.0.0.1:7411` while it runs. */
  readonly url: string | null
  /** It runs now, or no more. */
  readonly onDidChange: Event<void>
  /** Resolves with its address, also when it was running already; rejects when it cannot start. */
  start(): Promise<string>
  stop(): Promise<void>
}

export function createDemoProcess(path: string, log: Log): DemoProcess {
  let running: { process: ChildProcess; url: Promise<string> } | null = null
  let url: string | null = null
  const changes = new EventEmitter<void>()

  function tellChange(): void {
    void commands.executeCommand('setContext', contextKey, url !== null)
    changes.fire()
  }

  function start(): Promise<string> {
    if (running) return running.url
    // The editor's own runtime runs it: `fork` sees to that. Port 7411, or a free one where it is taken.
    const child = fork(path, [], { stdio: 'ignore' })
    const started = new Promise<string>((resolve, reject) => {
      const late = setTimeout(() => {
        reject(new Error(`it did not answer within ${startLimitMs} ms`))
        child.kill()
      }, startLimitMs)
      child.once('message', (message) => {
        clearTimeout(late)
        const found = addressIn(message)
        if (found === null) reject(new Error('it did not tell its address'))
        else resolve(found)
      })
      child.once('error', reject)
      child.once('exit', (code) => {
        clearTimeout(late)
        reject(new Error(`it ended with status ${code}`))
        if (running?.process === child) forget()
      })
    })
    running = { process: child, url: started }
    started.then(
      (address) => {
        if (running?.process !== child) return
        url = address
        tellChange()
      },
      (error) => {
        log.fault('The demo server did not start', error)
        if (running?.process === child) forget()
      },
    )
    return started
  }

  function forget(): void {
    running = null
    url = null
    tellChange()
  }

  async function stop(): Promise<void> {
    if (!running) return
    const { process: child } = running
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
    forget()
    child.kill()
    await gone
  }

  return {
    get url() {
      return url
    },
    onDidChange: changes.event,
    start,
    stop,
    dispose() {
      running?.process.kill()
      running = null
      changes.dispose()
    },
  }
}

/** The way by that method of `sameFeed`. */
export function demoEndpoint(origin: string, method: ClientMethod): Endpoint {
  const parsed = parseEndpoint(sameFeedEntry(origin, method))
  if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message).join(' '))
  return parsed.value
}

type ConnectDemo = (name: string, endpoint: Endpoint) => Promise<unknown>

/** Starts the demo server and offers to connect to it. */
export async function startDemo(server: DemoProcess, connect: ConnectDemo): Promise<void> {
  const origin = await startOrTell(server, () => startDemo(server, connect))
  if (origin === null) return
  tell(`The demo server listens on ${origin}. It is listed among the profiles while it runs.`, {
    'Connect…': () => connectDemo(origin, connect),
  })
}

/** Starts it where it does not run, and opens its page. */
export async function openDemo(server: DemoProcess): Promise<void> {
  const origin = await startOrTell(server, () => openDemo(server))
  if (origin !== null) await env.openExternal(Uri.parse(origin))
}

/** Null where it does not start, which is told. */
export async function startOrTell(
  server: DemoProcess,
  again: () => Promise<unknown>,
): Promise<string | null> {
  try {
    return await server.start()
  } catch (error) {
    const reason = toError(error).message
    tellProblem(`The demo server could not be started: ${reason}.`, { 'Try Again': again })
    return null
  }
}

/** Asks for the method. */
export async function connectDemo(origin: string, connect: ConnectDemo): Promise<void> {
  const picks = allMethods.toReversed().map((method) => {
    const { label, icon, line } = methods[method]
    const description = new URL(sameFeedEntry(origin, method).url).pathname
    return { label: `$(${icon}) ${label}`, description, detail: line, method }
  })
  const question = 'One live feed behind all four methods: how should it be watched?'
  const choice = await pick(picks, question, { title: 'Connect to the demo server' })
  if (!choice) return
  const { method } = choice
  await connect(`Demo ${methods[method].label}`, demoEndpoint(origin, method))
}

function addressIn(message: unknown): string | null {
  if (typeof message !== 'object' || message === null || !('url' in message)) return null
  return typeof message.url === 'string' ? message.url : null
}
