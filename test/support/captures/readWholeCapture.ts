// Reads everything of a capture that a timeline, an export and a list of captures read.

import { openCapture } from '../../../src/engine/capture/capture.ts'
import { createExporter, exporters } from '../../../src/engine/exports/exporters.ts'
import { analysisNames } from '../../../src/shared/session/analysisResults.ts'
import type { ExportFormat } from '../../../src/shared/session/exportFormats.ts'

const all = { afterSeq: 0, text: '', wire: true }

/** Entries are read up to `mostEntries`. Throws as the capture does. */
export function readWholeCapture(path: string, mostEntries = Number.POSITIVE_INFINITY) {
  const capture = openCapture(path)
  try {
    const info = capture.info()
    const status = capture.savedStatus()
    const { rows } = capture.rows(all, 0, 100)
    for (const filter of [
      { ...all, text: 'x' },
      { ...all, wire: false },
      { ...all, wire: false, fold: { level: 'repeats', open: [] } } as const,
    ]) {
      capture.rows(filter, 0, 100)
      capture.position(filter, 3)
    }
    const texts = (Object.keys(exporters) as ExportFormat[]).map((format) => {
      const exporter = createExporter({ format, times: true }, info)
      const parts = [exporter.begin()]
      let entries = 0
      for (const row of capture.entries(all)) {
        if (++entries > mostEntries) break
        parts.push(...exporter.frame(row))
      }
      return [...parts, exporter.end()].join('')
    })
    for (let seq = 1; seq <= Math.min(capture.frames, 20); seq++) {
      capture.payload(seq, 0, 1_000_000)
      capture.related(seq)
    }
    for (const name of analysisNames) {
      capture.analysis(name, { afterSeq: 0 })
      capture.analysis(name, { afterSeq: 1, untilSeq: 9, filter: { text: 'x', wire: false } })
    }
    return { info, status, rows, texts }
  } finally {
    capture.close()
  }
}
