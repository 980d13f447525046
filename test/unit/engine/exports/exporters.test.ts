// Checks the names of the two lifelines in every format that draws them.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createExporter } from '../../../../src/engine/exports/exporters.ts'
import { defaultTapSettings } from '../../../../src/shared/endpoint/tapSettings.ts'
import { type ExportFormat, exportFormats } from '../../../../src/shared/session/exportFormats.ts'
import { sampleRows } from '../../../support/samples/sampleRows.ts'
import { testEndpoint } from '../../../support/samples/testEndpoint.ts'

const tap = testEndpoint({
  url: 'https://api.example.com/v2',
  method: 'tap',
  tap: defaultTapSettings,
})
const watched = testEndpoint({ url: 'https://api.example.com/v2', method: 'sse' })

const rows = sampleRows([
  {
    kind: 'request',
    direction: 'out',
    detail: {
      ...{ purpose: 'request', method: 'GET', url: 'https://api.example.com/v2', target: '/v2' },
      ...{ httpVersion: '1.1', headers: [] },
    },
  },
  {
    kind: 'response',
    detail: {
      ...{ purpose: 'request', status: 200, statusText: 'OK', httpVersion: '1.1', headers: [] },
      ...{ timings: {}, reused: false },
    },
  },
])

function draw(format: ExportFormat, endpoint: typeof tap): string {
  const exporter = createExporter({ format }, { endpoint })
  const texts = rows.flatMap((row) => [...exporter.frame(row)])
  return [exporter.begin(), ...texts, exporter.end()].join('')
}

describe('the exporter of a capture', () => {
  const drawn = Object.keys(exportFormats).filter((one) => one !== 'ndjson') as ExportFormat[]
  for (const format of drawn) {
    it(`names the user's own program beside its server in ${format}`, () => {
      const text = draw(format, tap)
      assert.match(text, /my program/)
      assert.match(text, /api\.example\.com/)
      assert.doesNotMatch(text, /Client/)
      assert.match(draw(format, watched), /Client/)
    })
  }

  it('tells a plain exchange as a phase of its own in the short diagram', () => {
    assert.deepEqual(draw('short', tap).trimEnd().split('\n'), [
      'Requests, api.example.com:',
      '  my program --> Server --> my program',
      '  [One-way requests, each answered once: 1 exchange in 0.5 ms]',
      '  [continues]',
    ])
  })
})
