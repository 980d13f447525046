// Rows of JSON for tests, and the lines that stand for them.

import { describe as describeFrame } from '../../../src/shared/frame/describe.ts'
import { createLabels, labelBytes } from '../../../src/shared/frame/labels.ts'
import { type SampleRow, sampleRows } from './sampleRows.ts'

type Payload = string | object

/** Text messages; an object is sent as JSON. */
export function messages(payloads: readonly Payload[]): readonly SampleRow[] {
  return sampleRows(
    payloads.map((payload) => ({
      kind: 'message',
      detail: { type: 'text', opcode: 1, fragments: 1, compressed: false, masked: false },
      bytes: typeof payload === 'string' ? payload : JSON.stringify(payload),
    })),
  )
}

export function events(
  payloads: readonly (readonly [type: string, data: object])[],
): readonly SampleRow[] {
  return sampleRows(
    payloads.map(([type, data]) => ({
      kind: 'event',
      detail: { type, lastEventId: '' },
      bytes: JSON.stringify(data),
    })),
  )
}

/** The lines of the rows, with `quiet` what is quiet in ‹ ›. */
export function lines(
  rows: readonly SampleRow[],
  { quiet = false, labels = createLabels() } = {},
): string[] {
  return rows.map(({ frame, preview, start = null }) => {
    const label = labels.label(frame, start?.subarray(0, labelBytes) ?? null)
    const { text, label: parts } = describeFrame(frame, preview, [], label)
    if (!quiet) return text
    return parts.map((part) => (part.quiet ? `‹${part.text}›` : part.text)).join('')
  })
}
