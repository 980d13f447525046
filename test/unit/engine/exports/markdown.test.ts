// Checks what a Markdown table keeps of its frames, and that no payload can break out of it.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { markdown } from '../../../../src/engine/exports/markdown.ts'
import type { Finding } from '../../../../src/shared/session/findings.ts'
import {
  escapeMarkdown,
  markdownBlock,
  markdownCode,
} from '../../../../src/shared/text/markdownText.ts'
import { sampleRows } from '../../../support/samples/sampleRows.ts'

const text = { type: 'text', fragments: 1, compressed: false, masked: false } as const

function exported(payloads: readonly (string | Uint8Array)[], options = {}): string {
  const rows = sampleRows(
    payloads.map((bytes) => ({
      kind: 'message',
      detail: typeof bytes === 'string' ? text : { ...text, type: 'binary' },
      bytes,
    })),
  )
  const table = markdown({ server: 'h:1', ...options })
  return [table.begin(), ...rows.flatMap((row) => [...table.frame(row)]), table.end()].join('')
}

const finding: Finding = {
  ...{ id: 'sse-noise', severity: 'hint', title: 'It is noisy.', sentence: 'It was heard.' },
  ...{ measured: null, threshold: null, unit: null, frames: [1], frameCount: 1 },
  advice: 'Be quiet.',
}

describe('a Markdown table', () => {
  it('stands behind what the doctor found, where that is anything', () => {
    const [first, second, third, fourth] = exported(['a'], { findings: [finding] }).split('\n')
    assert.equal(first, '- **hint** · **It is noisy.** It was heard. (\\#1)  ')
    assert.deepEqual([second, third], ['  Be quiet.', ''])
    assert.match(fourth ?? '', /^\| # \|/)
    assert.equal(exported(['a'], { findings: [] }), exported(['a']))
  })

  it('has a row for each frame, and the payloads of a few below', () => {
    assert.equal(
      exported(['{"type":"trade","id":7}', Uint8Array.of(255, 2)]),
      [
        '| # | Time |  | Client ⇄ `h:1` | Size |',
        '| --: | --: | :-: | :-- | --: |',
        '| 1 | 0.000 | ← | `trade  id 7` | 23 B |',
        '| 2 | 0.001 | ← | `binary ff 02` | 2 B |',
        '',
        '**1** · 23 B',
        '',
        '```json',
        '{',
        '  "type": "trade",',
        '  "id": 7',
        '}',
        '```',
        '',
        '**2** · 2 B',
        '',
        '```text',
        '00000000  ff 02                                             ..',
        '```',
        '',
      ].join('\n'),
    )
  })

  it('leaves the payloads out where they are more than ten', () => {
    const ten = Array.from({ length: 10 }, (_, index) => `m${index}`)
    assert.equal(exported(ten).split('```text').length - 1, 10)
    assert.doesNotMatch(exported([...ten, 'one more']), /```/)
  })

  it('counts a long run', () => {
    const lines = exported(Array.from({ length: 40 }, () => 'tick')).split('\n')
    assert.equal(lines.length, 2 + 12 + 1 + 1)
    assert.match(
      lines[14] ?? '',
      /^\| {2}\| 0\.020 \| {2}\| \*28 more messages in .*\* \| 112 B \|$/,
    )
  })

  it('says where a payload is cut', () => {
    assert.match(exported(['x'.repeat(5000)]), /\*\*1\*\* · 5\.0 kB, cut\n\n```text\nx{3999}…\n```/)
    assert.match(exported([new Uint8Array(600)]), /\*\*1\*\* · 600 B, of which the first 512 B\n/)
  })

  it('keeps each frame in one row, whatever the peer sends', () => {
    const hostile = ['a | b', 'a\n| b', 'a \\| b', '`| b`', '``` </td> @all', '\u2028|', '|']
    const rows = exported(hostile, { runLength: Number.POSITIVE_INFINITY }).split('\n').slice(2, 9)
    for (const row of rows) {
      const bars = row.replaceAll(/\\[\\|]/g, '').split('|').length - 1
      assert.equal(bars, 6, row)
    }
  })
})

describe('text in Markdown', () => {
  const codes: readonly (readonly [line: string, code: string])[] = [
    ['a', '`a`'],
    ['', ''],
    ['a|b', '`a\\|b`'],
    ['a ` b', '``a ` b``'],
    ['`a', '`` `a ``'],
    ['a\nb', '`a␊b`'],
    ['a\\|b @c', 'a\\\\\\|b &#64;c'],
  ]
  for (const [line, code] of codes) {
    it(`has ${JSON.stringify(line)} as the code ${code}`, () =>
      assert.equal(markdownCode(line), code))
  }

  it('is no markup, and calls nobody', () => {
    assert.equal(escapeMarkdown('<b>*a* @b [c](d)'), '\\<b\\>\\*a\\* &#64;b \\[c\\](d)')
  })

  it('stands in a fence that is longer than its own, with nothing that hides', () => {
    assert.equal(
      markdownBlock('a\r\n````\n\u202eb\n', 'text'),
      '`````text\na\n````\n\\u202eb\n`````\n',
    )
  })

  it('makes no link of an address, in words either', () => {
    assert.equal(
      escapeMarkdown('see www.a.example or HTTP://b.example/'),
      'see www\\.a.example or HTTP\\://b.example/',
    )
    assert.equal(markdownCode('https://a/\\|'), 'https\\://a/\\\\\\|')
  })
})
