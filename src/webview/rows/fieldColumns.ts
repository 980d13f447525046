// The columns of the fields that rows show, as rows come into view.

import { createShownFields } from '../../shared/frame/shownFields.ts'
import type { Row } from '../../shared/session/captureRows.ts'
import { formatPathList } from '../../shared/text/pathList.ts'
import type { FieldColumns } from './rowView.ts'
import { addShown, columnHeads, noColumns } from './shownColumns.ts'

export interface FieldColumnsInView {
  /** The names over the columns; empty where no row has shown one. */
  readonly heads: string
  /** Null where rows show no fields. */
  see(paths: readonly string[], rows: readonly Row[]): FieldColumns | null
}

/** With other fields they begin anew. */
export function createFieldColumns(): FieldColumnsInView {
  let shown = ''
  let fields: FieldColumns | null = null

  function begin(paths: readonly string[]): void {
    shown = formatPathList(paths)
    const { names } = createShownFields(paths)
    fields = names.length === 0 ? null : { names, columns: noColumns(names) }
  }

  return {
    get heads() {
      return fields === null ? '' : columnHeads(fields.columns, fields.names)
    },
    see(paths, rows) {
      if (formatPathList(paths) !== shown) begin(paths)
      for (const row of rows) {
        if (fields && row.shown) {
          fields = { ...fields, columns: addShown(fields.columns, row.shown) }
        }
      }
      return fields
    },
  }
}
