// The page's window, as far as the fake host of a timeline uses it, and what tests may ask of that host.

import type { CallCode } from '../../../src/shared/calls/callCodes.ts'
import type { TimelineEvents } from '../../../src/shared/calls/messages.ts'
import type { RpcMessage } from '../../../src/shared/calls/rpc.ts'
import type { SessionStatus } from '../../../src/shared/session/sessionState.ts'

export interface FakePage<Host = FakeTimelineHost> {
  readonly location: { readonly search: string }
  readonly sessionStorage: {
    getItem(key: string): string | null
    setItem(key: string, value: string): void
  }
  postMessage(message: unknown, origin: string): void
  addEventListener(type: 'message', listener: (event: { readonly data: RpcMessage }) => void): void
  requestAnimationFrame(draw: () => void): void
  fakeHost: Host
  acquireVsCodeApi(): unknown
}

/** What a test may ask of the page's host, as `fakeHost` on the page's window. */
export interface FakeTimelineHost {
  /** Calls that arrived, `rows`, `position` and `showing` left out. */
  readonly calls: { readonly method: string; readonly args: readonly unknown[] }[]
  /** Rows sent so far, to see that little is read. */
  rowsSent: number
  /** Bytes of payloads sent so far. */
  payloadBytes: number
  /** The reason why payloads cannot be read; null where they can. */
  unreadable: string | Promise<string> | null
  /** The number of the frame that answers a request beside the stream. */
  answerSeq: number
  /** The code by which sending and copying fail; null where they do not. */
  failing: CallCode | null
  /** It answers no question about the session any more. */
  silent: boolean
  /** A search for a filter comes no further. */
  searchStands: boolean
  /** Records `count` more frames and tells the page. */
  add(count: number): Promise<void>
  status(change: Partial<SessionStatus>): Promise<void>
  perform: TimelineEvents['perform']
  /** Resolves when the page has drawn all that has been asked of it. */
  settled(): Promise<void>
}

/** The same of a page of several sessions. */
export interface FakeTogetherHost
  extends Pick<FakeTimelineHost, 'calls' | 'rowsSent' | 'perform' | 'settled'> {
  /** Records `count` more frames in the session of that number, from 0, and tells the page. */
  add(lane: number, count: number): Promise<void>
}
