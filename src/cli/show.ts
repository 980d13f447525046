// `lifeline show`: a saved capture as text.

import { openCapture } from '../engine/capture/capture.ts'
import { CaptureError } from '../engine/capture/captureError.ts'
import { createExporter } from '../engine/exports/exporters.ts'
import type { Command } from './commandLine.ts'
import { createOutput, statusOf } from './output.ts'
import { UsageError } from './usageError.ts'

type ShowCommand = Extract<Command, { kind: 'show' }>

/**
 * Resolves with the exit status. Rejects with `UsageError` when the file is no capture, with `CaptureError`
 * where it turns out to be damaged; what was read until then is printed.
 */
export async function show({ capture: path, print }: ShowCommand): Promise<number> {
  const capture = open(path)
  const output = createOutput(process.stdout, () => {})
  const { format, width, times, runLength, wire } = print
  const exporter = createExporter(
    { format, times, ...(width !== null && { width }), ...(runLength !== null && { runLength }) },
    capture.info(),
  )
  output.write(exporter.begin())
  let written = 0
  try {
    for (const row of capture.entries({ afterSeq: 0, text: '', wire })) {
      output.write(exporter.frame(row))
      // A slow reader holds the reading back, so that a large capture is never in memory whole.
      written += 1
      if (written % 500 === 0) await output.drained()
      if (output.closed) break
    }
  } finally {
    capture.close()
    output.write(exporter.end())
    await output.drained()
  }
  return statusOf(output)
}

function open(path: string) {
  try {
    return openCapture(path)
  } catch (error) {
    if (error instanceof CaptureError) throw new UsageError(error.message)
    throw error
  }
}
