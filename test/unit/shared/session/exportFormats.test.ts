// The table of export formats: endings that name one format each, and what its options say.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { exporters } from '../../../../src/engine/exports/exporters.ts'
import {
  allExportFormats,
  exportFormats,
  formatsWith,
  isExportFormat,
} from '../../../../src/shared/session/exportFormats.ts'

describe('the table of export formats', () => {
  it('has an exporter for each, and no ending twice', () => {
    assert.deepEqual(Object.keys(exporters).toSorted(), allExportFormats.toSorted())
    const endings = allExportFormats.flatMap((format) => exportFormats[format].endings)
    assert.equal(new Set([...endings, 'lifeline']).size, endings.length + 1)
  })

  it('says which formats heed an option', () => {
    assert.deepEqual(formatsWith('width'), ['ascii', 'short'])
    assert.deepEqual(formatsWith('runLength'), ['ascii', 'short', 'mermaid', 'markdown'])
    assert.deepEqual(formatsWith('wire', false), ['ndjson'])
  })

  it('knows its formats, and nothing that every object has', () => {
    assert.ok(allExportFormats.every(isExportFormat))
    for (const other of ['ASCII', 'toString', '', null]) assert.equal(isExportFormat(other), false)
  })
})
