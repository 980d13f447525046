// A payload that Lifeline did not write is shown as none: no bytes are made up in its place.

import assert from 'node:assert/strict'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, it } from 'mocha'
import { openCapture } from '../../../../../src/engine/capture/capture.ts'
import { textMessage, withFolder } from '../../../../support/captures/captureFrames.ts'
import { startCapture } from '../../../../support/captures/captures.ts'

const all = { afterSeq: 0, text: '', wire: true }

describe('A payload in a capture that somebody else made', () => {
  for (const [what, value] of [
    ['longer than its place', "CAST(replace(hex(zeroblob(20000)), '0', 'a') AS BLOB)"],
    ['a text', "'hello'"],
    ['a number', '7'],
  ] as const) {
    it(`is none where it is ${what}`, () =>
      withFolder((folder) => {
        const path = join(folder, 'a.lifeline')
        const capture = startCapture(path)
        capture.append(textMessage('hello'))
        capture.close()
        const database = new DatabaseSync(path)
        database.exec(`UPDATE frame SET payload = ${value}`)
        database.close()
        const opened = openCapture(path)
        const piece = opened.payload(1, 0, 100)
        const [entry] = [...opened.entries(all)]
        const exported = entry?.payload()?.length ?? null
        assert.deepEqual([piece.sizeBytes, piece.bytes.length, exported], [0, 0, null])
        opened.close()
      }))
  }
})
