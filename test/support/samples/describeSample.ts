// A sample frame as one line, and tables of the lines that are expected.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { type Description, describe as describeFrame } from '../../../src/shared/frame/describe.ts'
import { labelText } from '../../../src/shared/frame/label.ts'
import { sampleRows } from './sampleRows.ts'

/** Details of a poll's answer, of the poll, of a text message. */
export const response = {
  purpose: 'poll',
  status: 200,
  statusText: 'OK',
  httpVersion: '1.1',
  headers: [],
  timings: {},
  reused: false,
} as const
export const request = {
  purpose: 'poll',
  method: 'GET',
  url: 'http://h/a?b',
  target: '/a?b',
  httpVersion: '1.1',
  headers: [],
} as const
export const message = { type: 'text', fragments: 1, compressed: false, masked: false } as const

type Sample = Parameters<typeof sampleRows>[0][number]

export type ExpectedLine = readonly [Sample, text: string, note: string, tone: Description['tone']]

export function describeSample(sample: Sample): Description {
  const [row] = sampleRows([sample])
  assert.ok(row)
  return describeFrame(row.frame, row.preview)
}

/** A suite with a test for each of the lines. */
export function expectLines(title: string, lines: readonly ExpectedLine[]): void {
  describe(title, () => {
    for (const [sample, text, note, tone] of lines) {
      it(`says "${text}" of a ${sample.kind} frame`, () => {
        const { label, ...line } = describeSample(sample)
        assert.deepEqual(line, { text, note, tone })
        assert.equal(labelText(label), text)
      })
    }
  })
}
