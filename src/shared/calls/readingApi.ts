// The calls by which views read a capture.

import type { AnalysisAnswer, AnalysisName, AnalysisScope } from '../session/analysisResults.ts'
import type {
  DecodedPayload,
  PayloadPiece,
  RowFilter,
  RowPage,
  RowPositions,
  SelectedSums,
} from '../session/captureRows.ts'
import type { FrameSpans } from '../session/frameSpans.ts'
import type { Related } from '../session/related.ts'
import type { SliceWish, TimeSlice } from '../session/timeSlice.ts'

/** What a capture answers. */
export interface ReadingApi {
  rows(filter: RowFilter, from: number, count: number): Promise<RowPage>
  /** Row number (from 0) of the first row at or after `seq`. */
  position(filter: RowFilter, seq: number): Promise<number>
  /** The same for many frames at once. */
  positions(filter: RowFilter, seqs: readonly number[]): Promise<RowPositions>
  /** Row number (from 0) of the first row at or after the time, in epoch ms; the number of rows when there is none. */
  rowAt(filter: RowFilter, at: number): Promise<number>
  /** The frames of the filter by time, none folded. One call reads older frames for some 40 ms at the most. */
  slice(filter: RowFilter, wish: SliceWish): Promise<TimeSlice>
  /** What the frames of `within` come to. */
  selected(filter: RowFilter, within: FrameSpans, afterSeq: number): Promise<SelectedSums>
  payload(seq: number, offset: number, length: number): Promise<PayloadPiece>
  /** What a payload holds in its protocol's own terms; null where no protocol reads it. */
  payloadAs(seq: number): Promise<DecodedPayload | null>
  /** A frame with those that it belongs to; null when there is none of that number. */
  related(seq: number): Promise<Related | null>
  /** Folds the frames of `scope`; see `AnalysisAnswer.complete`. */
  analysis<Name extends AnalysisName>(
    name: Name,
    scope: AnalysisScope,
  ): Promise<AnalysisAnswer<Name>>
}
