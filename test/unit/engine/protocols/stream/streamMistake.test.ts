// Mistakes that authors of streams make, and large items that are none.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import type { AnswerFormat } from '../../../../../src/engine/protocols/stream/streamFormat.ts'
import { streamMistake } from '../../../../../src/engine/protocols/stream/streamMistake.ts'

const ends = 'The text holds line ends as two characters each'
const oneLine = 'Field after field comes in one line'
const records = 'Record after record comes in one line'

type Case = readonly [text: string, starts: string | null, within?: number, atStart?: number]

const cases: Readonly<Record<AnswerFormat, readonly Case[]>> = {
  sse: [
    ['data: {"n":0}\ndata: {"n":1}', 'Single line ends join 2 lines'],
    ['data: {"n":0}', null],
    ['data: step 1\ndata: step 2\ndata: step 3', null],
    ['data: step 1\ndata: step 2\ndata: step 3', 'Single line ends join 3 lines', 0, 2],
    ['data: {\ndata:   "a": [1],\ndata:   "b": 2,', null, 0, 5],
    ['data: {"a":1}\\n\\n', ends],
    ['data: {"a":1}\\r\\n\\r\\n', ends],
    ['data: a\\ndata: b', ends],
    ['data: {"text":"one\\n\\ntwo\\nthree', null],
    ['data: {"n":0} data: {"n":1}', oneLine],
    ['data: step 1data: step 2data: step 3', oneLine, 2],
    ['data: {"src":"data:image/png;base64,iVBORw0KGgo', null],
    [`data: ${'x'.repeat(10_000)}`, null],
  ],
  ndjson: [
    ['{"n":0}{"n":1}', records],
    ['{"n":0} [1]', records],
    ['{"n":0}\\n{"n":1}\\n', ends],
    ['{"n":0}\r{"n":1}\r', 'Records end with a carriage return alone'],
    ['{"n":0}', null],
    ['{"text":"}{ \\" }', null],
    ['[[1, 2], {"a": ', null],
  ],
  'json-seq': [
    ['{"n":0}\n{"n":1}\n', 'Record after record comes, and no record separator'],
    ['{"n":0}', null],
    ['{\n"n":', null],
  ],
  'json-array': [['{"n":0', null]],
  text: [['\ufffd', null]],
  multipart: [['--b\r\n\r\n{}', null]],
}

describe('streamMistake', () => {
  for (const [format, texts] of Object.entries(cases) as [AnswerFormat, readonly Case[]][]) {
    for (const [text, starts, within = 0, atStart = 0] of texts) {
      const name = `${format} ${JSON.stringify(text.slice(0, 60))} ${within} ${atStart}`
      it(`${starts === null ? 'finds none in' : 'finds one in'} ${name}`, () => {
        const mistake = streamMistake(format, { text, fieldStarts: { within, atStart } })
        if (starts === null) assert.equal(mistake, null)
        else assert.ok(mistake?.startsWith(starts), mistake ?? 'none')
      })
    }
  }
})
