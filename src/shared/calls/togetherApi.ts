// The calls between the host and a page of several sessions that are about all of them; each session has its own beside.

import { checkCopied, checkText, maxTextChars, refuse } from './callArguments.ts'
import type { CallTable } from './forwardCalls.ts'
import type { TimelineAction } from './messages.ts'

/** Webview → host. */
export interface TogetherApi {
  /** The page is ready: what it shows. */
  together(): Promise<Together>
  /** The lane that commands are about. Rejects with `bad-argument` where the page does not show the session. */
  activate(sessionId: string): Promise<void>
  /** Asks which; the page is built anew with it. */
  addSession(): Promise<void>
  /** The page is built anew without it; the last two leave the page of one session. */
  removeSession(sessionId: string): Promise<void>
  /** In a timeline of its own, beside this one. */
  showAlone(sessionId: string): Promise<void>
  /** Ends all that are live. */
  stopAll(): Promise<void>
  copy(text: string): Promise<void>
  /** Asks for a file, for which it proposes the name, and writes it; answers false where the user left it. */
  saveText(name: string, text: string): Promise<boolean>
}

/** What a page of several sessions shows. */
export interface Together {
  /** In the order of their lanes. */
  readonly sessionIds: readonly string[]
  /** `The same feed, four ways`, or `4 sessions`. */
  readonly name: string
  readonly comparison: AskedComparison | null
}

/** A comparison that runs or ran. */
export interface AskedComparison {
  /** As on the command line; null: it is guessed. */
  readonly item: string | null
  readonly time: string | null
  /** Null: until the sessions are stopped. */
  readonly forMs: number | null
  /** Epoch ms. */
  readonly startedAt: number
}

/** Host → webview. */
export interface TogetherEvents {
  /** Hidden views get no status; on becoming visible they get this. */
  visible(visible: boolean): Promise<void>
  perform(action: TimelineAction): Promise<void>
}

/** The id under which its messages go, where those of a session have the session's. */
export const togetherId = ''

const maxIdChars = 1000

/** A row for each call, with the checks of its arguments. */
export const togetherCalls: CallTable<TogetherApi> = {
  together: [],
  activate: [checkSessionId],
  addSession: [],
  removeSession: [checkSessionId],
  showAlone: [checkSessionId],
  stopAll: [],
  copy: [checkCopied],
  saveText: [checkFileName, (value) => checkText(value, 'text', maxTextChars)],
}

function checkSessionId(value: unknown): string {
  return checkText(value, 'sessionId', maxIdChars)
}

function checkFileName(value: unknown): string {
  const name = checkText(value, 'name', maxIdChars)
  if (/[/\\]/.test(name) || name === '') throw refuse('name')
  return name
}
