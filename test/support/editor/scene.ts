// One session for the timeline page to show.

import type { Method } from '../../../src/shared/endpoint/endpoint.ts'
import type { Finding } from '../../../src/shared/session/findings.ts'
import type { Pending, SessionState } from '../../../src/shared/session/sessionState.ts'
import type { Unfinished } from '../../../src/shared/session/unfinished.ts'
import type { SampleRow } from '../samples/sampleRows.ts'

export interface Scene {
  readonly method: Method
  /** `Trades` where it is not given. */
  readonly name?: string
  readonly url: string
  readonly state: SessionState
  readonly readOnly: boolean
  /** Of a tap: the address that it listens at, and that it records credentials. */
  readonly listening?: string
  readonly keepsCredentials?: boolean
  /** Nothing has crossed the wire. */
  readonly quiet?: true
  readonly frames: number
  /** Epoch ms at which the page opens; the time of the last frame where it is not given. */
  readonly now?: number
  readonly pending: Pending | null
  readonly unfinished?: Unfinished | null
  /** Nothing in it repeats, and nobody is silent: it may have more frames than are looked at one by one. */
  readonly plain?: true
  /** In place of what the rules would find. */
  readonly findings?: readonly Finding[]
  /** `seq` counts from 1. */
  row(seq: number): SampleRow
}

/** An open session that holds these rows. */
export function fromRows(method: Method, url: string, rows: readonly SampleRow[]): Scene {
  return {
    method,
    url,
    state: 'open',
    readOnly: false,
    frames: rows.length,
    pending: null,
    row: (seq) => rows[seq - 1] as SampleRow,
  }
}
