// The things that all parts of a tap's source share.

import type { Limits } from '../../shared/limits.ts'
import type { SourceIo } from '../session/source.ts'
import type { PollMemory } from '../transports/polling/pollMemory.ts'
import type { Conversations } from './conversations.ts'
import type { Holding } from './holds/asking.ts'
import type { Injections } from './holds/sendInto.ts'
import type { TapSecrets } from './tapSecrets.ts'

/** The server behind the tap. */
export interface TapServer {
  /** `https://api.example.com`. */
  readonly origin: string
  /** `wss://api.example.com`. */
  readonly socketOrigin: string
  /** `api.example.com:443`. */
  readonly host: string
  readonly secure: boolean
  /** A client certificate is shown to it. */
  readonly certified: boolean
}

export interface TapContext {
  readonly io: Pick<SourceIo, 'emit' | 'fail' | 'timers' | 'wire'>
  readonly limits: Limits
  readonly server: TapServer
  readonly conversations: Conversations
  readonly secrets: TapSecrets
  readonly holding: Holding
  readonly injections: Pick<Injections, 'sent' | 'closed'>
  /** The memory of a question that is asked again, made for the second time. */
  pollMemory(question: string, method: string): PollMemory
  /** So many bytes of bodies have been worked off. */
  taken(bytes: number): void
  /** Work that goes on after the call that began it: the session ends when it has. */
  goesOn(work: Promise<void>): void
  /** Whether this has not been told before. */
  isNews(sentence: string): boolean
}
