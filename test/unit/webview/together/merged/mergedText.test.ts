// Rows of several sessions as text: a Markdown table and NDJSON, each with the session.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { ndjson } from '../../../../../src/engine/exports/ndjson.ts'
import {
  mergedMarkdown,
  mergedNdjson,
} from '../../../../../src/webview/together/merged/mergedText.ts'
import { messageRow } from '../../../../support/editor/fakeRows.ts'

const row = messageRow(7)

describe('the text of merged rows', () => {
  it('is a Markdown table in which nothing of a name or a payload is markup', () => {
    const rows = [
      { session: 'The *feed*', sinceMs: 1234.5, row },
      { session: 'b', sinceMs: 65_000, row: { ...row, preview: 'x|y' }, bookmark: 'see @me' },
    ]
    assert.deepEqual(mergedMarkdown(rows).split('\n'), [
      '| Time | Session | # |  | Frame | Size |',
      '| --: | :-- | --: | :-: | :-- | --: |',
      '| 1.235 | The \\*feed\\* | 7 | ← | `text m7` | 4 B |',
      '| 1:05.000 | b | 7 | ← | `text x\\|y`<br>*see &#64;me* | 4 B |',
      '',
    ])
  })

  it('is NDJSON, each line that of an export with the session before it', () => {
    const payload = new TextEncoder().encode('m7\u009b')
    const [plain = ''] = ndjson().frame({ ...row, payload: () => payload })
    const line = mergedNdjson([{ session: 'A\u202e"', sinceMs: 0, row, payload }])
    assert.equal(line, plain.replace('{', '{"session":"A\\u202e\\"",'))
    const { session, seq, payload: text } = JSON.parse(line)
    assert.deepEqual([session, seq, text], ['A\u202e"', 7, 'm7\u009b'])
    const bare = JSON.parse(mergedNdjson([{ session: 'A', sinceMs: 0, row, payload: null }]))
    assert.ok(!('payload' in bare))
  })
})
