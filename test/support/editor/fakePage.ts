// The page's window, as far as the fake host of a timeline uses it.

import type { RpcMessage } from '../../../src/shared/calls/rpc.ts'
import type { FakeTimelineHost } from './fakeTimelineHost.ts'

export interface FakePage {
  readonly location: { readonly search: string }
  readonly sessionStorage: {
    getItem(key: string): string | null
    setItem(key: string, value: string): void
  }
  postMessage(message: unknown, origin: string): void
  addEventListener(type: 'message', listener: (event: { readonly data: RpcMessage }) => void): void
  requestAnimationFrame(draw: () => void): void
  fakeHost: FakeTimelineHost
  acquireVsCodeApi(): unknown
}
