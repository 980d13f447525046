// Checks what the golden files do not show: widths, hostile text, and that a diagram can grow.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { ascii } from '../../../../src/engine/exports/ascii.ts'
import type { ExporterOptions, ExportRow } from '../../../../src/engine/exports/exporter.ts'
import { columnsOf } from '../../../../src/shared/text/textColumns.ts'
import { visibleText } from '../../../../src/shared/text/visibleText.ts'
import { sampleFrames } from '../../../support/samples/sampleFrames.ts'
import { sampleRows } from '../../../support/samples/sampleRows.ts'

function draw(rows: readonly ExportRow[], options: Partial<ExporterOptions> = {}): string {
  const diagram = ascii({ server: 'localhost:7411', ...options })
  return [diagram.begin(), ...rows.flatMap((row) => [...diagram.frame(row)]), diagram.end()].join(
    '',
  )
}

const everything = Object.values(sampleFrames).flat()

/** Text in which every emoji and ideograph is two columns, as terminals have it. */
function lifelines(line: string): number[] {
  const before = [...line.matchAll(/[|[\]]/g)].map((match) => columnsOf(line.slice(0, match.index)))
  return [before[0] ?? -1, before.at(-1) ?? -1]
}

describe('the ASCII diagram', () => {
  it('stays within its width at every width, with times and without', () => {
    for (const times of [false, true]) {
      for (let width = 40; width <= 130; width++) {
        for (const line of draw(everything, { width, times }).split('\n')) {
          assert.ok(columnsOf(line) <= width, `${width}: ${line}`)
          assert.equal(line, line.trimEnd())
        }
      }
    }
  })

  it('takes a width below its least one for the least one', () => {
    assert.equal(draw(everything, { width: 3 }), draw(everything, { width: 40 }))
  })

  it('keeps both lifelines straight', () => {
    const lines = draw(everything, { width: 60 }).trimEnd().split('\n').slice(1)
    for (const line of lines) assert.deepEqual(lifelines(line), [2, 57], line)
  })

  it('cuts a long host and keeps both heads', () => {
    const [heads = ''] = draw([], { server: `${'a'.repeat(300)}.example` }).split('\n')
    assert.match(heads, /^Client +a+…$/)
  })

  it('grows: each frame adds whole lines and changes none', () => {
    const diagram = ascii({ server: 'h' })
    for (const text of [
      diagram.begin(),
      ...everything.flatMap((row) => [...diagram.frame(row)]),
      diagram.end(),
    ]) {
      assert.ok(text === '' || text.endsWith('\n'))
    }
  })

  it('says that it goes on when the session has not ended', () => {
    assert.match(draw(sampleFrames.websocket.slice(0, 3)), /\n {2}\[\.+ continues \.+\]\n$/)
  })

  it('says how many frames there were when it has', () => {
    const last = draw(sampleFrames.websocket).trimEnd().split('\n').at(-1)
    assert.match(last ?? '', /\[\.+ 49 frames in 2 min 7 s \.+\]/)
  })

  it('marks failures where colour would tell them', () => {
    const text = draw(sampleFrames.websocket)
    assert.match(text, /\|!+ ✕ connection lost · code 1006, no close frame !+\|/)
    assert.match(text, /<--- ✕ 503 Service Unavailable/)
  })

  it('folds a long error and bounds it', () => {
    const message = 'word '.repeat(300)
    const rows = sampleRows([
      { kind: 'error', direction: 'local', code: 'x', detail: { message, advice: message } },
    ])
    const lines = draw(rows).split('\n')
    assert.ok(lines.length < 15)
    assert.ok(lines.some((line) => line.includes('…')))
  })

  it('has the whole of a notice, from whichever side it comes', () => {
    const message = `${'word '.repeat(30)}end`
    for (const direction of ['in', 'local'] as const) {
      const rows = sampleRows([
        { kind: 'notice', direction, code: 'http-flawed-head', detail: { message } },
      ])
      const text = draw(rows, { width: 60 }).replace(/[|\n[\]]/g, ' ')
      assert.match(text, /word +end/)
      assert.doesNotMatch(text, /<---/)
    }
  })

  it('lets no control character of a peer through', () => {
    const evil = '\u001b[2J\u009b\r\n\u202e\u2028'
    const rows = sampleRows([
      {
        kind: 'error',
        direction: 'local',
        code: evil,
        detail: { message: evil, advice: evil, cause: evil },
      },
      { kind: 'notice', direction: 'local', code: evil, detail: { message: evil } },
      { kind: 'close', detail: { code: 1000, reason: evil, by: 'server' } },
      { kind: 'end', direction: 'local', detail: { by: 'error', message: evil } },
    ])
    const drawn = draw(rows, { server: evil })
    for (const line of drawn.split('\n')) assert.equal(line, visibleText(line))
  })
})
