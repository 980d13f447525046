// Connects for the user: resolves the variables, starts the session, shows its timeline; and connects once more.

import { commands } from 'vscode'
import { RpcError } from '../../shared/calls/rpc.ts'
import type { Parsed } from '../../shared/endpoint/problem.ts'
import type { ResolvedEndpoint } from '../../shared/secrets/variables.ts'
import { toError } from '../../shared/unknown.ts'
import { type HostSession, isLive, isOfProfile, type Origin } from '../sessions/hostSession.ts'
import type { Sessions, StartRequest } from '../sessions/sessions.ts'
import type { Timelines } from '../timeline/timelines.ts'
import { type Buttons, tellProblem } from '../window/dialogs.ts'
import type { Log } from '../window/log.ts'

export interface Connector {
  /** Undefined when no session started; the user has cancelled or been told why. */
  connect(origin: Origin): Promise<HostSession | undefined>
  /**
   * Several at once, once all questions about them are answered, which it shows in no timeline. Empty where the user has
   * cancelled one; those that cannot start are left out, and the user is told why.
   */
  connectAll(origins: readonly Origin[]): Promise<readonly HostSession[]>
  /** Starts what a replay to a server sends: all about it has been asked. */
  replay(request: StartRequest): Promise<HostSession | undefined>
  /** The same session again while it is live, otherwise a new one in the same panel. */
  reconnect(session: HostSession): Promise<HostSession | undefined>
  /** Connects to what has become of the session's endpoint, in the same panel; then ends a live one. */
  replace(session: HostSession, origin: Origin): Promise<HostSession | undefined>
  /** Connects in place of a session that could not write its capture, without a file. */
  keepInMemory(session: HostSession): Promise<HostSession | undefined>
}

export interface ConnectorOptions {
  readonly sessions: Sessions
  readonly timelines: () => Timelines
  readonly log: Log
  /** Undefined when the user cancelled a question. */
  readonly resolve: (origin: Origin) => Promise<Parsed<ResolvedEndpoint> | undefined>
  /** Told of the URLs that were typed. */
  readonly remember: (origin: Origin) => Promise<void>
}

export function createConnector(options: ConnectorOptions): Connector {
  const { sessions, log } = options

  async function begin(origin: Origin, inMemory = false): Promise<HostSession | undefined> {
    const request = await prepare(origin)
    return request ? start({ ...request, inMemory }) : undefined
  }

  /** Undefined where the user has cancelled; null where it cannot be, and the user is told why. */
  async function prepare(origin: Origin): Promise<StartRequest | undefined | null> {
    const answer = await options.resolve(origin)
    if (!answer) return undefined
    if (!answer.ok) {
      const reasons = answer.problems.map(({ message }) => message).join(' ')
      tellProblem(`“${origin.name}” was not connected. ${reasons}`, waysOut(origin))
      return null
    }
    const { resolved, recorded, secrets } = answer.value
    if (!isOfProfile(origin) && !origin.fromCapture) await options.remember(origin)
    return { origin, endpoint: recorded, resolved, secrets }
  }

  async function start(request: StartRequest): Promise<HostSession | undefined> {
    try {
      const session = await sessions.start(request)
      session.api.catch((error) => explain(error, request))
      return session
    } catch (error) {
      explain(error, request)
      return undefined
    }
  }

  /** Where there is no place for a capture, the user may keep it in memory instead. */
  function explain(error: unknown, request: StartRequest): void {
    const { name } = request.origin
    const message = toError(error).message
    // The session's timeline says so: the thread died before it began, the log has the stack; or the file cannot be made.
    if (error instanceof RpcError && ['closed', 'capture-not-writable'].includes(error.code)) return
    if (!isUnwritable(error)) {
      log.fault('A session could not be started', error)
      tellProblem(`Lifeline failed, so “${name}” was not connected: ${message}`, {
        'Show Log': () => log.show(),
      })
      return
    }
    tellProblem(`“${name}” was not connected. ${message}`, {
      'Keep in Memory': async () => {
        const again = await start({ ...request, inMemory: true })
        if (again) show(again)
      },
      'Choose Folder': () => {
        return commands.executeCommand('workbench.action.openSettings', 'lifeline.capture.folder')
      },
    })
  }

  /** In the panel of the session that it replaces, where that has one. */
  function show(session: HostSession, replaced?: HostSession): void {
    const timelines = options.timelines()
    if (!replaced || !timelines.replace(replaced, session)) timelines.show(session)
  }

  async function renew(
    session: HostSession,
    origin = session.origin,
    inMemory = false,
  ): Promise<HostSession | undefined> {
    const next = await begin(origin, inMemory)
    if (next) show(next, session)
    return next
  }

  return {
    async connect(origin) {
      const session = await begin(origin)
      if (session) show(session)
      return session
    },
    async connectAll(origins) {
      const requests: StartRequest[] = []
      for (const origin of origins) {
        const request = await prepare(origin)
        if (request === undefined) return []
        if (request !== null) requests.push(request)
      }
      const started = await Promise.all(requests.map(start))
      return started.filter((session) => session !== undefined)
    },
    async replay(request) {
      const session = await start(request)
      if (session) show(session)
      return session
    },
    async reconnect(session) {
      const { resend } = session.origin
      if (resend && !isLive(session)) {
        await commands.executeCommand('lifeline.replayToServer', { path: resend.path })
        return undefined
      }
      if (!isLive(session)) return renew(session)
      try {
        await (await session.api).reconnect()
        return session
      } catch (error) {
        // The session ended in the meantime.
        if (error instanceof RpcError && error.code === 'ended') return renew(session)
        throw error
      }
    },
    async replace(session, origin) {
      const wasLive = isLive(session)
      // The port is free only when the tap that has it is over.
      if (wasLive && session.endpoint.tap !== null) await session.stop()
      const next = await renew(session, origin)
      if (!next || !wasLive) return next
      await session.stop()
      if (session.capturePath !== null) await sessions.close(session)
      return next
    },
    keepInMemory: (session) => renew(session, session.origin, true),
  }
}

/** Offered only for an endpoint that came from a profiles file. */
function waysOut(origin: Origin): Buttons {
  const { name, scope } = origin
  if (!isOfProfile(origin)) return {}
  if (scope?.trusted === false) {
    return { 'Manage Workspace Trust': () => commands.executeCommand('workbench.trust.manage') }
  }
  return { 'Edit Profiles': () => commands.executeCommand('lifeline.editProfiles', { name }) }
}

/** Whether the folder or the disk is at fault, rather than Lifeline. */
function isUnwritable(error: unknown): boolean {
  if (typeof error !== 'object' || error === null || !('code' in error)) return false
  return (
    typeof error.code === 'string' &&
    ['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'ENOTDIR', 'EEXIST', 'ENOENT'].includes(error.code)
  )
}
