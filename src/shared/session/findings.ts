// Findings: what the doctor makes of a session's traffic, each proved by frames.

/** `fault`: something was lost or broke a standard; `risk`: it will fail somewhere; `hint`: it could be better. */
export const severities = ['fault', 'risk', 'hint'] as const

export type Severity = (typeof severities)[number]

export type FindingUnit = 'ms' | 'bytes' | 'share' | 'count'

export interface Finding {
  /** The rule's, which is its heading in `docs/doctor.md`, too. */
  readonly id: string
  readonly severity: Severity
  /** One sentence, the same each time: “The stream is buffered on its way.” */
  readonly title: string
  /** What was measured, in one sentence or two. */
  readonly sentence: string
  /** The figure that counts, and the one beyond which the rule speaks; null where it is not about figures. */
  readonly measured: number | null
  readonly threshold: number | null
  readonly unit: FindingUnit | null
  /** Sequence numbers of the frames that prove it, in order, at most `findingLimits.frames`. */
  readonly frames: readonly number[]
  /** All of them. */
  readonly frameCount: number
  /** What to do, in a sentence or two. */
  readonly advice: string
}

export interface Findings {
  /** The worst first. */
  readonly findings: readonly Finding[]
  /** Rules that had something to look at. */
  readonly rules: number
}
