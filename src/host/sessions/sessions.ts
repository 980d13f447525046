// The window's sessions by id, live and opened again, and the captures that earlier ones left.

import { type Disposable, type Event, EventEmitter } from 'vscode'
import { RpcError } from '../../shared/calls/rpc.ts'
import type { Endpoint } from '../../shared/endpoint/endpoint.ts'
import type { Limits } from '../../shared/limits.ts'
import type { NetworkSettings, Secret, SessionPlan } from '../../shared/session/sessionPlan.ts'
import type { CaptureFolder, SavedCapture } from './captureFolder.ts'
import { type HostSession, isLive, type Origin, type SessionSurroundings } from './hostSession.ts'
import { startLiveSession } from './liveSession.ts'
import { openCaptureSession } from './openedSession.ts'

/** The endpoint to watch, references resolved by the caller. */
export interface StartRequest {
  readonly origin: Origin
  /** As it may be recorded. */
  readonly endpoint: Endpoint
  readonly resolved: Endpoint
  readonly secrets: readonly Secret[]
  /** Keep the capture in memory, whatever the settings say. */
  readonly inMemory?: boolean
}

export interface SessionChange {
  readonly kind: 'added' | 'status' | 'removed'
  readonly session: HostSession
}

export interface Sessions extends Disposable {
  /** Newest first; ended ones and opened captures included. */
  readonly all: readonly HostSession[]
  /** Those that are watching, newest first. */
  readonly live: readonly HostSession[]
  /** Fires for each status too: see `createStatusPusher`. */
  readonly onDidChange: Event<SessionChange>
  /** Captures have been deleted. */
  readonly onDidDelete: Event<void>
  find(id: string): HostSession | undefined
  /** The session is there at once and connects by itself; a failure to start is in its status. */
  start(request: StartRequest): Promise<HostSession>
  /** The session itself when this window has it, else its capture for reading. */
  open(id: string): Promise<HostSession>
  /** The capture's file, also of a session of this window; null where it is in none. */
  fileOf(id: string): string | null
  /** Captures that no session of this window holds, newest first. */
  saved(): Promise<readonly SavedCapture[]>
  /** Ends a session that is over; its capture stays. */
  close(session: HostSession): Promise<void>
  /** The same for one that nobody looks at any more: a capture that holds nothing but a failure goes as well. */
  putAway(session: HostSession): Promise<void>
  /** Deletes a capture, and closes it first. A live one is left alone. */
  deleteCapture(id: string): Promise<void>
  /** Ends every live session with its last frame, within the limit, and closes every capture. */
  closeAll(limitMs: number): Promise<void>
}

export interface SessionsOptions extends SessionSurroundings {
  readonly captures: CaptureFolder
  readonly networkFor: (resolved: Endpoint) => Promise<NetworkSettings>
  readonly limits: () => Limits
  /** How many captures to keep. */
  readonly keep: () => number
}

/** `dispose` does not wait: call `closeAll` first, which gives each session its last frame. */
export function createSessions(options: SessionsOptions): Sessions {
  const { captures, log } = options
  const byId = new Map<string, HostSession>()
  const opening = new Map<string, Promise<HostSession>>()
  const changes = new EventEmitter<SessionChange>()
  const deletions = new EventEmitter<void>()

  function add(session: HostSession): HostSession {
    byId.set(session.id, session)
    session.onDidChange(() => changes.fire({ kind: 'status', session }))
    changes.fire({ kind: 'added', session })
    return session
  }

  const all = () => [...byId.values()].reverse()

  async function start(request: StartRequest): Promise<HostSession> {
    const { origin, endpoint, resolved, secrets } = request
    const { name } = origin
    const place = await captures.place(name, endpoint.method)
    const path = request.inMemory ? null : place.path
    const makePlan = async (): Promise<SessionPlan> => ({
      name,
      endpoint,
      resolved,
      secrets,
      network: await options.networkFor(resolved),
      limits: options.limits(),
      capturePath: path,
      ...(origin.resend && { resend: origin.resend }),
    })
    const facts = { id: place.id, name, endpoint, origin, capturePath: path, readOnly: false }
    const session = add(startLiveSession(facts, { makePlan, secrets }, options))
    thinOut()
    return session
  }

  /** Ids of the captures that sessions of this window hold: one that went on in another file has two. */
  function held(): Set<string> {
    const ids = new Set(byId.keys())
    for (const session of byId.values()) for (const id of capturesOf(session)) ids.add(id)
    return ids
  }

  function capturesOf({ id, capturePath }: HostSession): readonly string[] {
    const moved = capturePath === null ? null : captures.idOf(capturePath)
    return moved === null || moved === id ? [id] : [id, moved]
  }

  function thinOut(): void {
    captures
      .thinOut(options.keep(), held())
      .then(() => deletions.fire())
      .catch((error) => log.fault('Old captures could not be deleted', error))
  }

  async function openCapture(id: string): Promise<HostSession> {
    const path = captures.pathOf(id)
    if (path === null) {
      throw new RpcError('capture-not-readable', 'The capture is no longer there.')
    }
    return add(await openCaptureSession(id, path, options))
  }

  async function close(session: HostSession): Promise<void> {
    if (!byId.delete(session.id)) return
    changes.fire({ kind: 'removed', session })
    await session.dispose()
  }

  async function deleteCapture(id: string): Promise<void> {
    const session = byId.get(id)
    if (session && isLive(session)) return
    if (session) await close(session)
    for (const one of session ? capturesOf(session) : [id]) await captures.remove(one)
    deletions.fire()
  }

  return {
    get all() {
      return all()
    },
    get live() {
      return all().filter(isLive)
    },
    onDidChange: changes.event,
    onDidDelete: deletions.event,
    find: (id) => byId.get(id),
    start,
    async open(id) {
      const known = byId.get(id)
      if (known) return known
      const pending = opening.get(id) ?? openCapture(id).finally(() => opening.delete(id))
      opening.set(id, pending)
      return pending
    },
    fileOf(id) {
      const session = byId.get(id)
      return session ? session.capturePath : captures.pathOf(id)
    },
    async saved() {
      const taken = held()
      return (await captures.list()).filter(({ id }) => !taken.has(id))
    },
    close,
    putAway: (session) => (isWorthless(session) ? deleteCapture(session.id) : close(session)),
    deleteCapture,
    async closeAll(limitMs) {
      await Promise.all(
        all().map(async (session) => {
          await session.stop(limitMs)
          await close(session)
        }),
      )
    },
    dispose() {
      for (const session of byId.values()) {
        session.dispose().catch((error) => log.fault('A session could not be closed', error))
      }
      byId.clear()
      changes.dispose()
      deletions.dispose()
    },
  }
}

/** A server that is down for longer is worth a record. */
const worthlessMs = 60_000

/** Not a byte came, and it was soon over: a typo leaves no capture. */
function isWorthless({ readOnly, status }: HostSession): boolean {
  const { state, outcome, statistics, startedAt, endedAt } = status
  if (readOnly || state !== 'ended' || outcome?.by !== 'error') return false
  const lasted = (endedAt ?? 0) - (startedAt ?? endedAt ?? 0)
  return statistics.wireBytesIn === 0 && statistics.framesIn === 0 && lasted < worthlessMs
}
