// The columns of the fields that rows show, as rows come into view.

import type { ShownCells } from '../../shared/frame/shownFields.ts'
import { createShownFields } from '../../shared/frame/shownFields.ts'
import type { Row } from '../../shared/session/captureRows.ts'
import { formatPathList } from '../../shared/text/pathList.ts'
import type { FieldColumns } from './rowView.ts'
import { addShown, columnHeads, noColumns } from './shownColumns.ts'

export interface FieldColumnsInView {
  /** The names over the columns; empty where no row has shown one. */
  readonly heads: string
  /** Null where rows show no fields. `before`: rows above those in view, as far as they are known. */
  see(paths: readonly string[], rows: readonly Row[], before: readonly Row[]): FieldColumns | null
}

/** With other fields they begin anew. */
export function createFieldColumns(): FieldColumnsInView {
  let shown = ''
  let fields: FieldColumns | null = null

  function begin(paths: readonly string[]): void {
    shown = formatPathList(paths)
    const { names } = createShownFields(paths)
    fields = names.length === 0 ? null : { names, columns: noColumns(names), above: new Map() }
  }

  return {
    get heads() {
      return fields === null ? '' : columnHeads(fields.columns, fields.names)
    },
    see(paths, rows, before) {
      if (formatPathList(paths) !== shown) begin(paths)
      for (const row of rows) {
        if (fields && row.shown) {
          fields = { ...fields, columns: addShown(fields.columns, row.shown) }
        }
      }
      if (fields) fields = { ...fields, above: cellsAbove([...before, ...rows]) }
      return fields
    },
  }
}

/** By the number of a frame, the cells of the row above that goes the same way and begins alike. */
function cellsAbove(rows: readonly Row[]): FieldColumns['above'] {
  const newest = new Map<string, ShownCells>()
  const above = new Map<number, ShownCells>()
  for (const { frame, shown, gapMs, fold } of rows) {
    if (!shown || gapMs !== undefined || (fold && !fold.open)) continue
    const kind = `${frame.kind} ${frame.direction} ${shown.lead}`
    const known = newest.get(kind)
    if (known) above.set(frame.seq, known)
    newest.set(kind, shown)
  }
  return above
}
