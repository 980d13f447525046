// The contract of the doctor's rules: a rule is a fold over what a session's connections did, and says what it found.

import type { FrameKind, SeenFrame } from '../../../../shared/frame/frame.ts'
import type { Packet } from '../../../../shared/frame/packet.ts'
import type { Finding, FindingUnit, Severity } from '../../../../shared/session/findings.ts'
import type { ModelAnswer } from '../../../../shared/session/modelAnswers.ts'
import type { ConnectionTrace, EndedConnection } from './connectionTrace.ts'

/** A frame with its surroundings. */
export interface Seen {
  readonly frame: SeenFrame
  readonly seq: number
  /** What its payload begins with, at least the first `labelBytes`; null where it has none. */
  readonly start: Uint8Array | null
  readonly packets: readonly Packet[]
  /** Its connection as it was before this frame. */
  readonly connection: ConnectionTrace
}

/** The kind of frame is known: rules get those kinds alone that they name. */
export type SeenOf<Kind extends FrameKind> = Seen & {
  readonly frame: Extract<SeenFrame, { kind: Kind }>
}

/** When it is asked what was found. */
export interface Context {
  /** Epoch ms: the session's time while it goes on and somebody watches, else that of its last frame. */
  readonly now: number
  readonly hasEnded: boolean
  /** Epoch ms at which the user or a limit ended the session; null where it goes on or ended otherwise. */
  readonly stoppedAt: number | null
  /** The newest connection that is no companion's, unless it has ended; null without one. */
  readonly open: ConnectionTrace | null
  /** Streams that other sessions of the window hold open to the same origin; 0 where nobody knows. */
  readonly streamsBeside: number
  /** Answers of language models of which more may come: `answered` has not told them. */
  readonly answers: readonly ModelAnswer[]
}

/** What a rule found: the finding without what is the same each time. */
export interface Told {
  readonly severity: Severity
  readonly sentence: string
  readonly proof: Proof
  /** Where it is about figures. */
  readonly figure?: Figure
  /** In place of the rule's. */
  readonly title?: string
  readonly advice?: string
}

export type Proof = Pick<Finding, 'frames' | 'frameCount'>

/** The figure that counts, and the threshold. */
export interface Figure {
  readonly measured: number
  readonly threshold: number
  readonly unit: FindingUnit
}

/**
 * Keeps counts, a bounded number of sequence numbers, and no frame. It is called for each frame in a flood, and never
 * throws, whatever the peer sent or a file holds.
 */
export interface RuleFold<Kind extends FrameKind = FrameKind> {
  add?(seen: SeenOf<Kind>): void
  /** A connection that is no companion's is over. */
  ended?(connection: EndedConnection): void
  /** Nothing more of an answer of a language model will come. `stoppedAt`: as in the context. */
  answered?(answer: ModelAnswer, stoppedAt: number | null): void
  /** Null where there is nothing to say. */
  finding(context: Context): Told | null
}

/** A rule whose fold knows the kinds of frames that it is given. */
interface RuleOf<Kind extends FrameKind> {
  /** A heading of `docs/doctor.md`. */
  readonly id: string
  readonly title: string
  /** When it speaks, with thresholds and severities, in a sentence or two. As the next two for `docs/doctor.md`. */
  readonly speaks: string
  /** What is lost or will be. */
  readonly why: string
  /** Where it is from: a standard's section, a manual, or that it is ours. */
  readonly source: string
  readonly advice: string
  /** The kinds of frames that `add` is given. */
  readonly kinds: readonly Kind[]
  /** Of those, so much of the payload is read for it; absent: its start is enough. */
  wantedBytes?(frame: Extract<SeenFrame, { kind: Kind }>): number
  create(): RuleFold<Kind>
}

export type Rule = RuleOf<FrameKind>

/** Who goes through all rules gives each only frames of its kinds. */
export function rule<Kind extends FrameKind>(one: RuleOf<Kind>): Rule {
  return one as unknown as Rule
}
