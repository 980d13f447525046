// One session as the host knows it, live or opened: its facts, its last status, its calls.

import type { Event } from 'vscode'
import type { SessionApi } from '../../shared/calls/messages.ts'
import type { Endpoint } from '../../shared/endpoint/endpoint.ts'
import type { Tail } from '../../shared/session/captureRows.ts'
import type { ResendPlan } from '../../shared/session/resendPlan.ts'
import type { SessionStatus } from '../../shared/session/sessionState.ts'
import type { VariableScope } from '../variables/windowVariables.ts'
import type { Log } from '../window/log.ts'
import type { KeptBookmarks } from './keptBookmarks.ts'

/** What the user asked to connect to, before anything was resolved. */
export interface Origin {
  readonly name: string
  readonly endpoint: Endpoint
  /** The variables that apply; absent for an endpoint of no profile, but for secrets that a form was given. */
  readonly scope?: VariableScope | undefined
  /** A capture that was opened says so; nobody typed it in this window. */
  readonly fromCapture?: boolean
  /** A replay to a server: what it sends in the place of the endpoint's own. */
  readonly resend?: ResendPlan
}

/** Whether an entry of a profiles file is what was asked for. */
export function isOfProfile({ scope }: Origin): boolean {
  return scope?.inputs !== undefined
}

export interface SessionFacts {
  /** Also the name of its capture file, while that is not lost. */
  readonly id: string
  readonly name: string
  /** As it is recorded: references unresolved, credentials replaced by references. */
  readonly endpoint: Endpoint
  /** What to start from when it is to be connected once more. */
  readonly origin: Origin
  /** Null when the capture is in memory. Another one when the file was lost and the capture goes on elsewhere. */
  readonly capturePath: string | null
  /** A saved capture: no traffic. */
  readonly readOnly: boolean
}

export interface HostSession extends SessionFacts {
  /**
   * Whether what the user types in its timeline may be kept on disk: it holds no secret that the session knows by now.
   * Of a session that cannot be asked nothing may. Never rejects.
   */
  isKeepable(text: string): Promise<boolean>
  /** As it was told last; its `now` is that of this moment while the session is live. */
  readonly status: SessionStatus
  /** The rows that came with the status, where a view follows them. */
  readonly tail: Tail | null
  /** As they are now, of its capture. */
  readonly bookmarks: KeptBookmarks
  /** Resolves once the session has started or its capture is open; rejects when that failed. */
  readonly api: Promise<SessionApi>
  readonly onDidChange: Event<SessionStatus>
  /** Called while a change is told: the session's thread tells the next one when the view has drawn this, or a little later. */
  hold(until: Promise<unknown>): void
  /** Ends it politely; after `limitMs` by force. Resolves when its last frame is written. */
  stop(limitMs?: number): Promise<void>
  /** Closes its capture and ends its thread. The session cannot be used after this. */
  dispose(): Promise<void>
}

/** Whether it is watching, or on its way to. */
export function isLive(session: HostSession): boolean {
  return !session.readOnly && session.status.state !== 'ended'
}

export interface SessionSurroundings {
  readonly workerPath: string
  readonly log: Log
}
