// The analyses of a session: their names, and what each answers.

import type { RowFilter } from './captureRows.ts'
import type { DecodedNumbers } from './decodedNumbers.ts'
import type { Numbers } from './numbers.ts'
import type { Overview } from './overview.ts'
import type { Statistics } from './sessionState.ts'
import type { Usage } from './usage.ts'
import type { ValuePlace, ValuesOverTime } from './values.ts'

export const analysisNames = [
  'statistics',
  'firstData',
  'overview',
  'numbers',
  'decodedNumbers',
  'values',
  'usage',
] as const

export type AnalysisName = (typeof analysisNames)[number]

/** The frames that an analysis goes over, in order. */
export interface AnalysisScope {
  /** Those after this one. */
  readonly afterSeq: number
  /** Up to this one; absent: the newest, whatever is still to come. */
  readonly untilSeq?: number
  /** Of them, those that it shows; absent: every frame, those of the wire layer included. */
  readonly filter?: Pick<RowFilter, 'text' | 'wire'>
  /** For the analysis `values`: the number that is sought. */
  readonly value?: ValuePlace
}

/** Each analysis goes over the frames of a scope. */
export interface AnalysisResults {
  /** Wire bytes are the sum over the frames, for only a live session counts its sockets; the rate is 0. */
  readonly statistics: Statistics
  /** The first frame that is data from the peer; null while none has come. Once found it stays. */
  readonly firstData: FrameMark | null
  /** What the strip above the rows draws. */
  readonly overview: Overview
  readonly numbers: Numbers
  /** Of the frames that are decoded by now. */
  readonly decodedNumbers: DecodedNumbers
  readonly values: ValuesOverTime
  /** By it the methods are weighed against each other. */
  readonly usage: Usage
}

/** A frame and its time, in epoch ms. */
export interface FrameMark {
  readonly seq: number
  readonly at: number
}

/** What is known by now. */
export interface AnalysisAnswer<Name extends AnalysisName> {
  readonly result: AnalysisResults[Name]
  /** The last frame that is in it. */
  readonly upTo: number
  /** False while older frames are still being read: asked again, the call reads on. */
  readonly complete: boolean
}
