// Compares every format and method with its golden file; LIFELINE_WRITE_GOLDEN=1 writes the files anew.

import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { describe, it } from 'mocha'
import { exporters } from '../../../../src/engine/exports/exporters.ts'
import type { ClientMethod } from '../../../../src/shared/endpoint/endpoint.ts'
import { type ExportFormat, exportFormats } from '../../../../src/shared/session/exportFormats.ts'
import { peerName } from '../../../../src/shared/url/names.ts'
import { sampleFrames } from '../../../support/samples/sampleFrames.ts'
import { sampleJsonRpc } from '../../../support/samples/sampleJsonRpc.ts'
import type { SampleRow } from '../../../support/samples/sampleRows.ts'
import { wireLayer } from '../../../support/samples/wireLayer.ts'

const golden = new URL('../../../golden/', import.meta.url)

async function checkGolden(name: string, text: string): Promise<void> {
  const file = new URL(name, golden)
  if (process.env.LIFELINE_WRITE_GOLDEN === '1') await writeFile(file, text)
  assert.equal(text, await readFile(file, 'utf8'), `differs from test/golden/${name}`)
}

function endingOf(format: ExportFormat): string {
  return exportFormats[format].endings[0] ?? `${format}.txt`
}

function exportSample(rows: readonly SampleRow[], format: ExportFormat, options = {}): string {
  const exporter = exporters[format]({ server: peerName('ws://localhost:7411/ws'), ...options })
  return [
    exporter.begin(),
    ...rows.flatMap((row) => [...exporter.frame(row)]),
    exporter.end(),
  ].join('')
}

describe('exports', () => {
  for (const method of Object.keys(sampleFrames) as ClientMethod[]) {
    for (const format of Object.keys(exporters) as ExportFormat[]) {
      it(`draw ${method} as ${format} as the golden file has it`, async () => {
        await checkGolden(
          `${method}.${endingOf(format)}`,
          exportSample(sampleFrames[method], format),
        )
      })
    }
    it(`draw ${method} as a wide ASCII diagram with times as the golden file has it`, async () => {
      const options = { width: 110, times: true, runLength: Number.POSITIVE_INFINITY }
      await checkGolden(`${method}-times.txt`, exportSample(sampleFrames[method], 'ascii', options))
    })
    it(`draw ${method} as a Mermaid diagram with times as the golden file has it`, async () => {
      const text = exportSample(sampleFrames[method], 'mermaid', { times: true })
      await checkGolden(`${method}-times.mmd`, text)
    })
  }
  for (const format of Object.keys(exporters) as ExportFormat[]) {
    it(`draw the wire layer and records as ${format} as the golden file has it`, async () => {
      await checkGolden(`wire-layer.${endingOf(format)}`, exportSample(wireLayer, format))
    })
    it(`draw bookmarks as ${format} as the golden file has it`, async () => {
      const notes = new Map([
        [3, 'The price #1 jumps; why?'],
        [5, ''],
        [
          8,
          `A note that is longer than a line of the diagram has room for: ${'on and '.repeat(9)}on`,
        ],
      ])
      const rows = sampleFrames.sse.slice(0, 10).map((row) => {
        const bookmark = notes.get(row.frame.seq)
        return bookmark === undefined ? row : { ...row, bookmark }
      })
      const text = exportSample(rows, format, { runLength: 2 })
      await checkGolden(`bookmarks.${endingOf(format)}`, text)
    })
    it(`draw decoded JSON-RPC as ${format} as the golden file has it`, async () => {
      const options = { width: 100, runLength: Number.POSITIVE_INFINITY }
      await checkGolden(
        `json-rpc.${endingOf(format)}`,
        exportSample(sampleJsonRpc, format, options),
      )
    })
  }
})
