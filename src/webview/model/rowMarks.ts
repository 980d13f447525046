// The marks on rows that match what is sought among them.

import type { Row } from '../../shared/session/captureRows.ts'

export interface RowMarks {
  /** The filter's text that says what is sought; empty where nothing is. */
  readonly text: string
  /** Whether the row, or one of those folded into it, matches; false while that is not known. */
  isMatch(row: Row): boolean
  /** These rows are drawn. */
  see(rows: readonly Row[]): void
}

export const noMarks: RowMarks = { text: '', isMatch: () => false, see: () => undefined }
