// One examination by the doctor: a fold of each rule, and what all of them ask about connections and answers.

import type { FrameKind, SeenFrame } from '../../../shared/frame/frame.ts'
import type { Packet } from '../../../shared/frame/packet.ts'
import { createPassingAnswers } from '../models/passingAnswers.ts'
import { rules } from './rules.ts'
import { createConnectionTraces } from './shapes/connectionTrace.ts'
import type { Context, Rule, RuleFold, Told } from './shapes/rule.ts'

/** What does not depend on who is examined. */
export type Moment = Pick<Context, 'now' | 'hasEnded' | 'stoppedAt' | 'streamsBeside'>

/** Of one rule. */
export interface Examined {
  readonly told: Told | null
  /** It was given something. */
  readonly looked: boolean
}

export interface Examination {
  /** The most of a payload that a rule wants. */
  wantedBytes(frame: SeenFrame): number
  add(
    frame: SeenFrame,
    seq: number,
    start: Uint8Array | null,
    packets: readonly Packet[],
    stoppedAt: number | null,
  ): void
  /** In the order of the rules. */
  examined(moment: Moment): readonly Examined[]
}

interface Looking {
  readonly rule: Rule
  readonly fold: RuleFold
  looked: boolean
}

export function createExamination(): Examination {
  const all = rules.map((rule): Looking => ({ rule, fold: rule.create(), looked: false }))
  const byKind = new Map<FrameKind, Looking[]>()
  for (const one of all)
    for (const kind of one.rule.kinds) byKind.set(kind, [...(byKind.get(kind) ?? []), one])
  const ending = all.filter(({ fold }) => fold.ended)
  const answering = all.filter(({ fold }) => fold.answered)
  let stoppedAt: number | null = null
  const models = createPassingAnswers((answer) => {
    for (const one of answering) {
      one.looked = true
      one.fold.answered?.(answer, stoppedAt)
    }
  })

  const traces = createConnectionTraces((connection) => {
    for (const one of ending) {
      one.looked = true
      one.fold.ended?.(connection)
    }
  })

  return {
    wantedBytes(frame) {
      let most = models.wantedBytes(frame)
      for (const { rule } of byKind.get(frame.kind) ?? [])
        if (rule.wantedBytes) most = Math.max(most, rule.wantedBytes(frame))
      return most
    },
    add(frame, seq, start, packets, stopped) {
      stoppedAt = stopped
      const connection = traces.before(frame, seq)
      const seen = { frame, seq, start, packets, connection }
      for (const one of byKind.get(frame.kind) ?? []) {
        one.looked = true
        one.fold.add?.(seen)
      }
      traces.after(frame, seq)
      models.add(frame, seq, start)
    },
    examined(moment) {
      const answers = models.followed()
      if (answers.length > 0) for (const one of answering) one.looked = true
      const context: Context = { ...moment, open: traces.open(), answers }
      return all.map(({ fold, looked }) => ({ told: fold.finding(context), looked }))
    },
  }
}
