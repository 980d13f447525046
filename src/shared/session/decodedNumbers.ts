// The figures of what was decoded: calls and notifications by name, and how long their answers took.

import type { Distribution } from './numbers.ts'

/** Packets of one name, such as the method `tools/call`; of those that have none, of one type. */
export interface NamedNumbers {
  readonly protocol: string
  readonly name: string
  /** Those that ask or tell something; answers are not among them. Of language models the answers, each with all its chunks. */
  readonly count: number
  /** Answers that failed, and what else says that something has. */
  readonly failed: number
  /** Those that wait for an answer that has not come so far. */
  readonly unanswered: number
  /** The newest packet's frame. */
  readonly seq: number
  /** From the question to the answer, in ms; null where nothing was answered. */
  readonly answered: Distribution | null
}

export interface DecodedNumbers {
  readonly packets: number
  /** Packets that break the protocol's rules. */
  readonly flawed: number
  /** The most frequent first; a bounded number of them. */
  readonly names: readonly NamedNumbers[]
}
