// A table of figures in words, as it is drawn and copied alike.

import { formatCount } from '../../../shared/text/units.ts'

/** What stands in a cell. */
export interface Figure {
  readonly text: string
  /** The frame that it is about. */
  readonly seq?: number
}

export interface FigureRow {
  readonly name: string
  /** More about the name, for who points at it. */
  readonly title?: string
  /** One for each column but the first. */
  readonly cells: readonly Figure[]
  /** A filter that shows just these frames. */
  readonly filter?: string
}

export interface FigureTable {
  readonly name: string
  /** The first is that of the names. */
  readonly columns: readonly string[]
  readonly rows: readonly FigureRow[]
  /** The numbers of the columns that give way where there is little room. */
  readonly givesWay?: readonly number[]
  /** So many rows are seen at first; absent: all. */
  readonly few?: number
}

/** What stands where there is nothing to tell. */
export const none = '–'

/** `26 %`; one digit below ten. */
export function formatShare(share: number): string {
  const percent = share * 100
  return `${percent > 0 && percent < 9.95 ? percent.toFixed(1) : formatCount(percent)} %`
}
