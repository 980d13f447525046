// Analyses of frames together with their packets, over a capture: as far as it is decoded, the same live and read again.

import assert from 'node:assert/strict'
import { join } from 'node:path'
import { describe, it } from 'mocha'
import { type Capture, openCapture } from '../../../../../src/engine/capture/capture.ts'
import { textMessage, withFolder } from '../../../../support/captures/captureFrames.ts'
import { startCapture } from '../../../../support/captures/captures.ts'
import { runsOver } from '../../../../support/captures/runsOver.ts'
import { wholeAnalysis } from '../../../../support/captures/wholeAnalysis.ts'
import { sampleRows } from '../../../../support/samples/sampleRows.ts'

const all = { afterSeq: 0 }

/** A WebSocket's JSON-RPC: of 40 answers 4 are errors. */
function fill(capture: Capture): void {
  for (let id = 1; id <= 40; id++) {
    const call = textMessage(`{"jsonrpc": "2.0", "method": "add", "id": ${id}}`)
    capture.append({ ...call, direction: 'out' })
    const said = id % 10 === 0 ? '"error": {"code": 1, "message": "no"}' : '"result": 3'
    capture.append(textMessage(`{"jsonrpc": "2.0", "id": ${id}, ${said}}`))
  }
}

const findings = (capture: Capture) => wholeAnalysis(capture, 'findings')

describe('the findings of a capture', () => {
  it('know its packets, live and opened', () =>
    withFolder((folder) => {
      const path = join(folder, 'a.lifeline')
      const capture = startCapture(path)
      fill(capture)
      const live = findings(capture)
      const rate = live.findings.find(({ id }) => id === 'app-error-rate')
      assert.deepEqual([rate?.measured, rate?.frames], [0.1, [20, 40, 60, 80]])
      capture.close()
      const opened = openCapture(path)
      assert.deepEqual(findings(opened), live)
      opened.close()
    }))

  it('go no further than frames are decoded', () => {
    const { payload: _, ...message } = textMessage('{}')
    const rows = sampleRows(new Array(10).fill(message))
    let knownTo = 4
    const runs = runsOver(rows, {
      decoding: { packets: () => new Map(), knownTo: () => knownTo },
    })
    const { upTo, complete } = runs.answer('findings', all)
    assert.deepEqual([upTo, complete], [4, false])
    knownTo = Number.POSITIVE_INFINITY
    assert.deepEqual(runs.answer('findings', all).upTo, 10)
  })
})
