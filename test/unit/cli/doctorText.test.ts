// Findings on the command line: as text that fits the terminal, and as JSON.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { doctorText } from '../../../src/cli/doctorText.ts'
import type { Finding } from '../../../src/shared/session/findings.ts'

const finding: Finding = {
  ...{ id: 'sse-buffered', severity: 'risk', title: 'The stream is buffered on its way.' },
  sentence: '171 of 184 events came in 9 bursts, 240 ms apart.',
  ...{ measured: 0.93, threshold: 0.8, unit: 'share', frames: [2, 3], frameCount: 171 },
  advice: 'Turn buffering off, \u202eand flush.',
}

describe('what the doctor prints', () => {
  it('is a block for each finding, broken at the width, and what they come to', () => {
    const findings = { findings: [finding], rules: 24 }
    assert.equal(
      doctorText({ findings, frames: 184 }, 'text', 50),
      [
        'risk   The stream is buffered on its way. 171 of',
        '       184 events came in 9 bursts, 240 ms apart.',
        '       #2, #3 and 169 more',
        '       → Turn buffering off, \\u202eand flush.',
        '       docs/doctor.md#sse-buffered',
        '',
        '1 risk. 24 rules looked at 184 frames.',
        '',
      ].join('\n'),
    )
  })

  it('says so where nothing was found', () => {
    const text = doctorText({ findings: { findings: [], rules: 1 }, frames: 1 }, 'text', 80)
    assert.equal(text, 'No findings. 1 rule looked at 1 frame.\n')
  })

  it('is a list in JSON, with figures and frames', () => {
    const text = doctorText(
      { findings: { findings: [finding], rules: 24 }, frames: 184 },
      'json',
      80,
    )
    const [{ advice, ...told }] = JSON.parse(text)
    const { advice: written, ...expected } = finding
    assert.deepEqual(told, expected)
    assert.equal(advice, written)
    assert.doesNotMatch(text, /\u202e/)
  })
})
