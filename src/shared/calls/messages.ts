// Every message between host and worker and between host and timeline, as interfaces of methods.

import type {
  MessageToSend,
  RequestToSend,
  SavedFilter,
  SavedMessage,
  SavedRequest,
} from '../endpoint/endpoint.ts'
import type { ErrorAction } from '../frame/actionNames.ts'
import type { ActionFacts } from '../frame/errorActions.ts'
import type { Bookmarks } from '../session/bookmarks.ts'
import type { CaptureInfo, RowFilter, Tail, TailWish } from '../session/captureRows.ts'
import type { ExportFormat, ExportOptions } from '../session/exportFormats.ts'
import type { FrameSpans } from '../session/frameSpans.ts'
import type { Habits } from '../session/habits.ts'
import type { SessionPlan } from '../session/sessionPlan.ts'
import type { SessionStatus } from '../session/sessionState.ts'
import type { CallCode } from './callCodes.ts'
import type { MarkingApi } from './markingApi.ts'
import type { ReadingApi } from './readingApi.ts'
import type { TapApi } from './tapApi.ts'
import type { TypedBefore, TypingApi } from './typingApi.ts'

/** What a view would know without asking. */
export interface FollowingApi {
  /** From now on each status brings the newest rows of this; null: none, as at first. */
  follow(wish: TailWish | null): Promise<void>
}

/** What the user sends in a running session. */
export interface SendingApi {
  /**
   * Rejects with `not-open` when there is no open WebSocket, `cannot-send` for the other methods,
   * `no-such-message` and `file-not-readable` for what the profile should hold, `secret-unknown` for a reference in
   * what was made of a frame.
   */
  send(message: MessageToSend): Promise<void>
  /**
   * Sends the message again and again while a WebSocket is open, the first time after `everyMs`, in
   * place of what was repeated before; null stops. Rejects as `send` does, but for `not-open`, and with
   * `bad-interval`.
   */
  repeat(message: MessageToSend | null, everyMs: number): Promise<void>
  /** Sends a WebSocket ping. Rejects as `send` does, and with `ping-too-long` beyond 125 bytes. */
  ping(data: Uint8Array): Promise<void>
  /**
   * Closes the WebSocket by hand, which ends the session. Rejects as `send` does, and with `bad-close`
   * when the code must not be sent or the reason is too long.
   */
  closeWith(code: number, reason: string): Promise<void>
  /**
   * Resolves with the sequence number of the last frame about it: the response, the error, or the notice
   * that it was stopped. Rejects with `bad-url`, with `no-such-request` where the profile keeps none of that
   * name, with `secret-unknown`, and with `ended` once the session ends.
   */
  request(companion: RequestToSend): Promise<number>
  /**
   * Sends the bytes of a frame once more: a message or a ping of ours, or a request, beside the stream. Resolves as
   * `request` does, for a message or a ping with null. Rejects as `send` and `request` do, with `not-sendable` for other
   * frames and for what is kept in part, and with `secret-unknown`.
   */
  sendAgain(seq: number): Promise<number | null>
}

/** Host → worker. */
export interface SessionApi extends ReadingApi, SendingApi, TapApi, FollowingApi, MarkingApi {
  /** Starts watching. Rejects with `capture-not-writable` when the file cannot be made. */
  start(plan: SessionPlan): Promise<void>
  /** Opens a saved capture for reading; no traffic. Rejects with `capture-not-readable`. */
  open(capturePath: string): Promise<CaptureInfo>
  /** Whether a text that the user typed has a secret in it that the session knows by now; a saved capture knows none. */
  holdsSecret(text: string): Promise<boolean>
  /** Ends the session; resolves when its last frame is on the disk. */
  stop(): Promise<void>
  /** Ends the session and closes its capture, complete in its one file then. Exports to files end first. The last call. */
  close(): Promise<void>
  /**
   * Connects again at once: skips a wait, replaces an open connection. Rejects with `ended` once the
   * session ends; the host then starts a new session for the same endpoint.
   */
  reconnect(): Promise<void>
  /**
   * A tap takes requests for this host, too: `name.example`, without a port. A window on another machine reaches it there.
   * Other sessions listen to nobody.
   */
  allowHost(host: string): Promise<void>
  status(): Promise<SessionStatus>
  /**
   * The whole export as text; rejects with `export-too-large` beyond 64 Mi characters, and with `cancelled`. `job`: a
   * number of the caller's, by which it is asked about.
   */
  exportText(options: ExportOptions, job: number): Promise<string>
  /**
   * Writes the export, or with `format: 'capture'` a copy of the capture, to a file. Rejects with
   * `export-not-writable`, of a copy with `capture-not-writable`, and with `cancelled`: what was there is then as it was.
   */
  exportFile(
    path: string,
    options: ExportOptions | { readonly format: 'capture' },
    job: number,
  ): Promise<void>
  /** How much of an export is done, from 0 to 1; of a copy of what is in memory nobody knows. */
  exportShare(job: number): Promise<number>
  /** Has an export reject, if it has not ended before. */
  cancelExport(job: number): Promise<void>
}

/** Worker → host. */
export interface SessionEvents {
  /** `tail`: rows that have come since, where they are followed. */
  status(status: SessionStatus, tail: Tail | null): Promise<void>
  /** The share, from 0 to 1, of the frames that are counted by now for the answer to `status`. */
  counted(share: number): Promise<void>
  /**
   * A fault of ours with its stack, for the log: of the `session`, whose end a frame tells, or of a `call` that failed
   * unexpectedly.
   */
  fault(stack: string, of: 'session' | 'call'): Promise<void>
  /** All of them, when one has changed; of a capture that has some also before `open` answers. */
  bookmarks(bookmarks: Bookmarks): Promise<void>
  /** The capture's file was lost: it goes on in this one. */
  moved(capturePath: string): Promise<void>
}

/**
 * To be chosen by its name. `of`: it was saved since the session began, of this frame, and the session fills in its
 * references as they were there.
 */
export type OfferedMessage = SavedMessage & { readonly of?: number }
export type OfferedRequest = SavedRequest & { readonly of?: number }

/** What there is to be sent by its name. */
export interface Offered {
  readonly messages: readonly OfferedMessage[]
  readonly requests: readonly OfferedRequest[]
}

/** What the timeline shows beside the rows. */
export interface TimelineSession extends Offered {
  readonly sessionId: string
  readonly name: string
  /** The URL as the profile has it. */
  readonly url: string
  readonly status: SessionStatus
  /** A saved capture: no sending. `reconnect` shows a new session for the same endpoint in its place. */
  readonly readOnly: boolean
  /** `allowUntrusted` is on: a badge stays visible. */
  readonly untrusted: boolean
  /** A tap records credentials as they are. */
  readonly keepsCredentials: boolean
  /** What says which actions fit an error of it. */
  readonly facts: ActionFacts
  /** As they are now, whichever timeline changed them. */
  readonly habits: Habits
  /** The fields that rows show at first, as paths into JSON. */
  readonly show: readonly string[]
  /** Filters to choose from: the profile's as it is now. */
  readonly filters: readonly SavedFilter[]
  /** Of the capture, as they are now. */
  readonly bookmarks: Bookmarks
}

/** What the host itself does for its page. */
export interface PanelApi extends TypingApi {
  /** The page is ready or has been restored; answers with all it needs to draw itself. */
  hydrate(): Promise<TimelineSession & TypedBefore>
  disconnect(): Promise<void>
  reconnect(): Promise<void>
  copy(text: string): Promise<void>
  /** Opens a payload as a document beside the timeline. */
  openPayload(seq: number): Promise<void>
  /** Opens the documentation of a rule, whose name is its id there. */
  openRule(id: string): Promise<void>
  /** Opens two payloads in the diff editor, the keys of JSON sorted. */
  openDifference(from: number, to: number): Promise<void>
  /**
   * Does what the frame of that number offers, or the code of a call that has failed. Rejects with `bad-argument`
   * where it does not.
   */
  act(action: ErrorAction, about: number | CallCode): Promise<void>
  /** The page draws these rows now: what a command exports that comes from elsewhere. */
  showing(filter: RowFilter): Promise<void>
  /** Writes the fields that rows show into the session's profile; says so, or why it could not. */
  keepShow(paths: readonly string[]): Promise<void>
  /** Keeps these habits for all timelines, which are told; the others stay. */
  keepHabits(changes: Partial<Habits>): Promise<void>
  /**
   * Asks for a name and keeps the filter with the session's profile, or with one that is made of the session. Answers
   * with all that there are then; of a filter that holds a secret it says why it is not kept. Rejects with `bad-argument` where it has a mistake.
   */
  keepFilter(filter: string): Promise<readonly SavedFilter[]>
  /**
   * Asks for a name and keeps what a frame carries with the session's profile: among its messages, or its requests.
   * What cannot be kept is said. Answers with all that are offered then.
   */
  keepMessage(seq: number): Promise<Offered>
  /** `chosen`: the user has chosen these frames. Else it is asked whether all are meant, where the filter shows less. */
  copyExport(format: ExportFormat, filter: RowFilter, chosen: boolean): Promise<void>
  /** Of what the filter shows only the frames of `within`. */
  copySelected(format: ExportFormat, filter: RowFilter, within: FrameSpans): Promise<void>
  /** The same of a file, which it asks for. */
  saveExport(format: ExportFile, filter: RowFilter, chosen: boolean): Promise<void>
}

/** What a file can be written as. */
export type ExportFile = ExportFormat | 'capture'

/** Webview → host. Each call has its row in `timelineCalls.ts`, by which the host checks every argument. */
export interface TimelineApi
  extends ReadingApi,
    SendingApi,
    TapApi,
    FollowingApi,
    MarkingApi,
    PanelApi {}

/** An act of the user on the focused timeline that came through a command or a keybinding. */
export type TimelineAction =
  | 'pause'
  | 'follow'
  | 'wire'
  | 'clear'
  | 'filter'
  | 'find'
  | 'find-next'
  | 'find-previous'
  | 'go-to'
  | 'go-to-pair'
  | 'next-error'
  | 'previous-error'
  | 'next-gap'
  | 'previous-gap'
  | 'bookmark'
  | 'bookmark-note'
  | 'next-bookmark'
  | 'previous-bookmark'
  | 'send'
  | 'open-payload'
  | 'copy'
  | 'copy-diagram'
  | 'copy-rows-ascii'
  | 'copy-rows-ndjson'
  | 'copy-rows-markdown'
  | 'compare-rows'
  | 'copy-value'
  | 'copy-path'
  | 'copy-access'
  | 'plot-value'
  | 'filter-value'
  | 'move-detail'
  | 'times-before'
  | 'times-start'
  | 'times-sent'
  | 'times-clock'
  | 'times-next'
  | 'filter-kind'
  | 'filter-type'
  | 'filter-direction'
  | 'filter-connection'
  | 'filter-before'
  | 'filter-after'
  | 'fit-columns'
  | 'strip'
  | 'layout'
  | 'fields'
  | 'show-field'
  | 'statistics'
  | 'which-method'
  | 'findings'
  | 'connections'
  | 'answer'
  | 'faults'
  | 'fold-everything'
  | 'fold-repeats'
  | 'fold-bursts'
  | 'fold-next'
  | 'send-again'
  | 'edit-and-send'
  | 'keep-message'

/** Host → webview. */
export interface TimelineEvents {
  status(status: SessionStatus, tail: Tail | null): Promise<void>
  /** Hidden views get no status; on becoming visible they get this and ask for their rows again. */
  visible(visible: boolean): Promise<void>
  perform(action: TimelineAction): Promise<void>
  /** All of them, when one has changed. */
  bookmarks(bookmarks: Bookmarks): Promise<void>
  /** All of them, when another timeline has changed one. */
  habits(habits: Habits): Promise<void>
}
