// The analyses of a session: their names, and what each answers.

import type { ItemField } from '../comparison/itemFields.ts'
import type { ItemPlaces } from '../comparison/itemPlaces.ts'
import type { LaneAnswer } from '../comparison/lane.ts'
import type { RowFilter } from './captureRows.ts'
import type { ConnectionsAsked, ConnectionsRead } from './connections.ts'
import type { DecodedNumbers } from './decodedNumbers.ts'
import type { Findings } from './findings.ts'
import type { AnswersRead } from './modelAnswers.ts'
import type { Numbers } from './numbers.ts'
import type { Overview } from './overview.ts'
import type { Schema } from './schema.ts'
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
  'items',
  'itemFields',
  'answers',
  'findings',
  'schema',
  'connections',
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
  /** For the analysis `items`: what an item is, null where nobody knows, and from which one on they are told. */
  readonly items?: { readonly places: ItemPlaces | null; readonly from: number }
  /** For the analysis `itemFields`: payloads that came before, in epoch ms, are left out. */
  readonly sinceAt?: number
  /** For the analysis `answers`: whose spans are told, and from which one on. */
  readonly answer?: { readonly id: number; readonly from: number }
  /** For the analyses `findings` and `connections`: the time of a session that goes on, in epoch ms; absent: that of the last frame. */
  readonly now?: number
  /** For the same: streams that other sessions hold open to the same origin. The host tells it. */
  readonly streamsBeside?: number
  /** For the analysis `schema`: the id of the type whose shape is told. */
  readonly schemaOf?: string
  /** For the analysis `connections`: the rows that are told. */
  readonly connections?: ConnectionsAsked
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
  /** What a comparison needs of a session. */
  readonly items: LaneAnswer
  readonly itemFields: FieldsAnswer
  /** What language models have streamed. */
  readonly answers: AnswersRead
  /** Of the frames that are decoded by now. */
  readonly findings: Findings
  /** Of the messages that are decoded by now. */
  readonly schema: Schema
  /** Of the frames that are decoded by now. */
  readonly connections: ConnectionsRead
}

/** By which it is guessed what an item is. */
export interface FieldsAnswer {
  /** Of the first payload that was read, in epoch ms; null before it. */
  readonly startAt: number | null
  /** Payloads that were read. */
  readonly samples: number
  /** More payloads would change nothing. */
  readonly isFull: boolean
  readonly fields: readonly ItemField[]
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
