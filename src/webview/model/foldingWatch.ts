// Notices in pages of rows that frames fold otherwise than before, so that all rows may have other numbers.

import type { RowPage } from '../../shared/session/captureRows.ts'

export interface FoldingWatch {
  /** They may yet fold otherwise. */
  readonly refolds: boolean
  /** Whether rows have other numbers here than on the pages before. */
  renumbers(page: Pick<RowPage, 'folding' | 'refolds'>): boolean
  forget(): void
}

export function createFoldingWatch(): FoldingWatch {
  let before: number | null = null
  let refolds = false
  return {
    get refolds() {
      return refolds
    },
    renumbers(page) {
      const known = before
      before = page.folding ?? null
      refolds = page.refolds ?? false
      return known !== null && before !== null && before !== known
    },
    forget() {
      before = null
      refolds = false
    },
  }
}
