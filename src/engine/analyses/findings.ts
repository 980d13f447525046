// The doctor: gives every frame to the rules that are about its kind, and asks them what they found.

import type { FrameKind, SeenFrame } from '../../shared/frame/frame.ts'
import type { Packet } from '../../shared/frame/packet.ts'
import type { AnalysisScope } from '../../shared/session/analysisResults.ts'
import { type Finding, type Findings, severities } from '../../shared/session/findings.ts'
import type { Analysis } from './analysis.ts'
import { rules } from './doctor/rules.ts'
import { createConnectionTraces } from './doctor/shapes/connectionTrace.ts'
import type { Context, Rule, RuleFold, Told } from './doctor/shapes/rule.ts'
import { createPassingAnswers } from './models/passingAnswers.ts'

interface Looking {
  readonly rule: Rule
  readonly fold: RuleFold
  /** It was given something. */
  looked: boolean
}

const noFigure = { measured: null, threshold: null, unit: null } as const
const noPackets: readonly Packet[] = []

export function createFindings(): Analysis<Findings> {
  const all = rules.map((rule): Looking => ({ rule, fold: rule.create(), looked: false }))
  const byKind = new Map<FrameKind, Looking[]>()
  for (const one of all)
    for (const kind of one.rule.kinds) byKind.set(kind, [...(byKind.get(kind) ?? []), one])
  const ending = all.filter(({ fold }) => fold.ended)
  let lastAt = 0
  let hasEnded = false
  let stoppedAt: number | null = null
  const answering = all.filter(({ fold }) => fold.answered)
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

  /** The most that anybody wants. */
  function wantedBytes(frame: SeenFrame): number {
    let most = models.wantedBytes(frame)
    for (const { rule } of byKind.get(frame.kind) ?? [])
      if (rule.wantedBytes) most = Math.max(most, rule.wantedBytes(frame))
    return most
  }

  function findings(now: number, streamsBeside: number): Findings {
    const answers = models.followed()
    if (answers.length > 0) for (const one of answering) one.looked = true
    const context: Context = {
      now,
      hasEnded,
      stoppedAt,
      open: traces.open(),
      answers,
      streamsBeside,
    }
    const found = all.flatMap(({ rule, fold }) => {
      const told = fold.finding(context)
      return told === null ? [] : [findingOf(rule, told)]
    })
    const looked = all.filter((one) => one.looked)
    return { findings: found.sort(bySeverity), rules: looked.length }
  }

  return {
    needsPackets: true,
    wantedBytes,
    add(frame: SeenFrame, seq, start = null, packets = noPackets) {
      lastAt = Math.max(lastAt, frame.at)
      if (frame.kind === 'end') {
        hasEnded = true
        if (frame.detail.by === 'user' || frame.detail.by === 'limit') stoppedAt = frame.at
      }
      const connection = traces.before(frame, seq)
      const seen = { frame, seq, start, packets, connection }
      for (const one of byKind.get(frame.kind) ?? []) {
        one.looked = true
        one.fold.add?.(seen)
      }
      traces.after(frame, seq)
      models.add(frame, seq, start)
    },
    result: () => findings(lastAt, 0),
    piece: ({ now, streamsBeside = 0 }: AnalysisScope) =>
      findings(hasEnded ? lastAt : Math.max(lastAt, now ?? lastAt), streamsBeside),
  }
}

function findingOf({ id, title, advice }: Rule, told: Told): Finding {
  const { severity, sentence, proof, figure = noFigure } = told
  return {
    ...{ id, severity, title: told.title ?? title, sentence },
    ...figure,
    ...proof,
    advice: told.advice ?? advice,
  }
}

/** Rules of the same severity stay in the order of the registry. */
function bySeverity(a: Finding, b: Finding): number {
  return severities.indexOf(a.severity) - severities.indexOf(b.severity)
}
