// The rows that a view showed, and how, when it was last seen: the model begins with it.

import type { ValuePlace } from '../../shared/session/values.ts'
import type { CalmState } from './failureCalm.ts'

export interface RestoredView {
  /** The frame in the view's first row; null follows the tail. */
  readonly anchorSeq: number | null
  readonly filterText: string
  /** Frames up to this one were cleared away; 0 when none. */
  readonly afterSeq: number
  /** The view is paused at this frame; null when it is not. */
  readonly pausedSeq: number | null
  /** Frames of the wire layer are shown. */
  readonly wire: boolean
  readonly selectedSeq: number | null
  /** What was known of failures that come and go; null where nothing was. */
  readonly failureCalm: CalmState | null
  /** The fields that rows show; null where the user has chosen none, and the profile says it. */
  readonly show: readonly string[] | null
  /** The numbers that are drawn over time. */
  readonly plots: readonly ValuePlace[]
  /** The first frames of runs that are opened. */
  readonly openFolds: readonly number[]
}
