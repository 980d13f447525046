// Checks the names of the two lifelines in every format that draws them.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createExporter } from '../../../../src/engine/exports/exporters.ts'
import { defaultTapSettings } from '../../../../src/shared/endpoint/tapSettings.ts'
import type { Purpose } from '../../../../src/shared/frame/httpDetail.ts'
import { type ExportFormat, exportFormats } from '../../../../src/shared/session/exportFormats.ts'
import { sampleRows } from '../../../support/samples/sampleRows.ts'
import { testEndpoint } from '../../../support/samples/testEndpoint.ts'

const tap = testEndpoint({
  url: 'https://api.example.com/v2',
  method: 'tap',
  tap: defaultTapSettings,
})
const watched = testEndpoint({ url: 'https://api.example.com/v2', method: 'sse' })

const request = (target: string, purpose: Purpose) =>
  ({
    kind: 'request',
    direction: 'out',
    detail: {
      ...{ purpose, method: 'GET', url: `https://api.example.com${target}`, target },
      ...{ httpVersion: '1.1', headers: [], client: { address: '127.0.0.1:1' } },
    },
  }) as const

const response = (purpose: Purpose) =>
  ({
    kind: 'response',
    detail: {
      ...{ purpose, status: 200, statusText: 'OK', httpVersion: '1.1' },
      headers: [['Content-Type', 'text/event-stream']],
      ...{ timings: {}, reused: false },
    },
  }) as const

const rows = sampleRows([request('/v2', 'request'), response('request')])

function drawRows(format: ExportFormat, endpoint: typeof tap, drawn: typeof rows): string {
  const exporter = createExporter({ format }, { endpoint })
  const texts = drawn.flatMap((row) => [...exporter.frame(row)])
  return [exporter.begin(), ...texts, exporter.end()].join('')
}

const draw = (format: ExportFormat, endpoint: typeof tap) => drawRows(format, endpoint, rows)

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
      'Requests, api.example.com/v2:',
      '  my program --> Server --> my program',
      '  [One-way requests, each answered once: 1 exchange in 0.5 ms]',
      '  [continues]',
    ])
  })

  it('tells conversations side by side in the short diagram, each under its path, and sums each up', () => {
    const told = (connection: number, path: string, purpose: 'poll' | 'stream') => [
      { ...request(path, purpose), connection },
      { ...response(purpose), connection },
    ]
    const event = (connection: number) =>
      ({
        kind: 'event',
        detail: { type: 'message', lastEventId: '' },
        bytes: '1',
        connection,
      }) as const
    const side = sampleRows([
      ...told(1, '/events?a=1', 'stream'),
      ...Array.from({ length: 6 }, () => [...told(2, '/cart', 'poll'), event(1)]).flat(),
    ])
    assert.deepEqual(drawRows('short', tap, side).trimEnd().split('\n').slice(0, 5), [
      'Server-Sent Events, api.example.com/events:',
      '',
      'Polling, api.example.com/cart:',
      '  my program --> Server --> my program',
      '',
    ])
    const lines = drawRows('short', tap, side).trimEnd().split('\n').slice(-7)
    assert.match(
      lines.join('\n'),
      /Server-Sent Events, api\.example\.com\/events:\n {2}\[One-way communication.*6\n {3}received/,
    )
    assert.match(
      lines.join('\n'),
      /Polling, api\.example\.com\/cart:\n {2}\[Repeated one-way requests: 6 exchanges/,
    )
  })
})
