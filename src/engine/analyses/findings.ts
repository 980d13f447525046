// The doctor: gives every frame to the examination that it belongs to, and asks all of them what they found.

import type { SeenFrame } from '../../shared/frame/frame.ts'
import type { Packet } from '../../shared/frame/packet.ts'
import type { AnalysisScope } from '../../shared/session/analysisResults.ts'
import { type Finding, type Findings, severities } from '../../shared/session/findings.ts'
import type { Analysis } from './analysis.ts'
import { createExaminations } from './doctor/examinations.ts'
import { rules } from './doctor/rules.ts'
import type { Rule, Told } from './doctor/shapes/rule.ts'

const noFigure = { measured: null, threshold: null, unit: null } as const
const noPackets: readonly Packet[] = []

export function createFindings(): Analysis<Findings> {
  const examinations = createExaminations()
  let lastAt = 0
  let hasEnded = false
  let stoppedAt: number | null = null

  function findings(now: number, streamsBeside: number): Findings {
    const examined = examinations.examined({ now, hasEnded, stoppedAt, streamsBeside })
    const found = rules.flatMap((rule, index) => {
      const told = examined[index]?.told ?? null
      return told === null ? [] : [findingOf(rule, told)]
    })
    const looked = examined.filter((one) => one.looked)
    return { findings: found.sort(bySeverity), rules: looked.length }
  }

  return {
    needsPackets: true,
    wantedBytes: (frame) => examinations.of(frame).wantedBytes(frame),
    add(frame: SeenFrame, seq, start = null, packets = noPackets) {
      lastAt = Math.max(lastAt, frame.at)
      if (frame.kind === 'end') {
        hasEnded = true
        if (frame.detail.by === 'user' || frame.detail.by === 'limit') stoppedAt = frame.at
        for (const one of examinations.all()) one.add(frame, seq, start, packets, stoppedAt)
      } else examinations.of(frame).add(frame, seq, start, packets, stoppedAt)
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
