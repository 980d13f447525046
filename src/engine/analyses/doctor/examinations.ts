// Examinations of a session's parts: one in most; through a tap each program's traffic at a path has one of its own.

import type { SeenFrame } from '../../../shared/frame/frame.ts'
import { findingLimits } from '../../../shared/limits.ts'
import { severities } from '../../../shared/session/findings.ts'
import { cutText } from '../../../shared/text/visibleText.ts'
import { createExamination, type Examination, type Examined, type Moment } from './examination.ts'
import { rules } from './rules.ts'
import type { Told } from './shapes/rule.ts'

export interface Examinations {
  /** That the frame belongs to. */
  of(frame: SeenFrame): Examination
  /** All there are: what ends a session ends each. */
  all(): readonly Examination[]
  /** Of each rule, in their order, what is worst. */
  examined(moment: Moment): readonly Examined[]
}

interface Part {
  /** `/api/cart`; null for what passed no tap. */
  readonly path: string | null
  readonly examination: Examination
  /** A tap's fault on purpose has acted in it. */
  hasFaults: boolean
}

/** Of notices. */
const faultCodes: ReadonlySet<SeenFrame['code']> = new Set(['tap-fault', 'tap-cut'])

/** At the same time; what the doctor found at the least recently used is remembered. */
const mostParts = 32
/** Whose part is known; the oldest are forgotten. */
const mostConnections = 4096

export function createExaminations(): Examinations {
  const common: Part = { path: null, examination: createExamination(), hasFaults: false }
  const parts = new Map<string, Part>()
  const partOf = new Map<number, string>()
  let past: readonly (readonly Found[])[] = rules.map(() => [])
  let moment: Moment = { now: 0, hasEnded: false, stoppedAt: null, streamsBeside: 0 }

  function forget(key: string, part: Part): void {
    parts.delete(key)
    const found = foundIn(part, part.examination.examined(moment))
    past = past.map((before, index) => [...before, ...(found[index] ?? [])].slice(-mostPast))
  }

  function part(key: string, path: string): Part {
    const one = parts.get(key) ?? { path, examination: createExamination(), hasFaults: false }
    parts.delete(key)
    parts.set(key, one)
    const [oldest] = parts
    if (parts.size > mostParts && oldest !== undefined) forget(...oldest)
    return one
  }

  /** Its request tells where a connection belongs. */
  function keyOf(frame: SeenFrame): string | null {
    if (frame.kind !== 'request' || !frame.detail.client)
      return partOf.get(frame.connection) ?? null
    const { client, target } = frame.detail
    const key = `${client.agent ?? ''}\n${target.split('?', 1)[0]}`
    partOf.set(frame.connection, key)
    const [oldest] = partOf.keys()
    if (partOf.size > mostConnections && oldest !== undefined) partOf.delete(oldest)
    return key
  }

  return {
    of(frame) {
      const key = keyOf(frame)
      if (key === null) return common.examination
      const path = key.slice(key.indexOf('\n') + 1)
      const one = part(key, path)
      if (faultCodes.has(frame.code)) one.hasFaults = true
      return one.examination
    },
    all: () => [common, ...parts.values()].map(({ examination }) => examination),
    examined(now) {
      moment = now
      const each = [common, ...parts.values()].map((one) => {
        const examined = one.examination.examined(now)
        return { examined, found: foundIn(one, examined) }
      })
      return rules.map((_, index) => ({
        told: worst([...(past[index] ?? []), ...each.flatMap(({ found }) => found[index] ?? [])]),
        looked: each.some(({ examined }) => examined[index]?.looked),
      }))
    },
  }
}

/** Of each rule. */
const mostPast = 16

interface Found {
  readonly path: string | null
  readonly told: Told
}

/** What the user has brought about is told as that. */
function foundIn(
  { path, hasFaults }: Part,
  examined: readonly Examined[],
): readonly (readonly Found[])[] {
  return examined.map(({ told }) => {
    if (told === null) return []
    const sentence = `${told.sentence} Faults on purpose have acted here.`
    return [{ path, told: hasFaults ? { ...told, sentence } : told }]
  })
}

/** What was found at several paths is told of the worst, with the frames of all. */
function worst(found: readonly Found[]): Told | null {
  const [first, ...others] = found.toSorted(
    (a, b) =>
      severities.indexOf(a.told.severity) - severities.indexOf(b.told.severity) ||
      b.told.proof.frameCount - a.told.proof.frameCount,
  )
  if (first === undefined) return null
  const { path, told } = first
  if (path === null) return told
  const all = [told, ...others.map((one) => one.told)]
  const frames = all.flatMap(({ proof }) => proof.frames).slice(0, findingLimits.frames)
  const also = others.length === 0 ? '' : ` The same was found at ${others.length} more.`
  return {
    ...told,
    sentence: `${cutText(path, findingLimits.wordChars)}: ${told.sentence}${also}`,
    proof: {
      frames: frames.toSorted((a, b) => a - b),
      frameCount: all.reduce((sum, { proof }) => sum + proof.frameCount, 0),
    },
  }
}
