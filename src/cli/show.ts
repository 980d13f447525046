// `lifeline show`: a saved capture as text.

import { type Capture, openCapture } from '../engine/capture/capture.ts'
import { CaptureError } from '../engine/capture/format/captureError.ts'
import type { ExporterOptions } from '../engine/exports/exporter.ts'
import { createExporter } from '../engine/exports/exporters.ts'
import { allAnswers } from '../engine/readAnswers.ts'
import { allFindings } from '../engine/readFindings.ts'
import type { Command } from './command.ts'
import { optionsHint } from './optionsHint.ts'
import { createOutput, statusOf } from './output.ts'
import { shownFields } from './shownFields.ts'
import { UsageError } from './usageError.ts'

type ShowCommand = Extract<Command, { kind: 'show' }>

/**
 * Returns the exit status. Throws `UsageError` when the file is no capture, `CaptureError` where it turns
 * out to be damaged; what was read until then is printed. A slow reader holds the reading back, so that a large
 * capture is never in memory whole.
 */
export function show({ capture: path, print, filter: text }: ShowCommand): number {
  const capture = open(path)
  const output = createOutput()
  const { format, width, times, runLength, wire } = print
  const info = capture.info()
  const exporter = createExporter(
    {
      format,
      times,
      hint: optionsHint,
      ...(width !== null && { width }),
      ...(runLength !== null && { runLength }),
      show: shownFields(print, info.endpoint),
      ...(format === 'markdown' && text === '' && reportOf(capture)),
    },
    info,
  )
  output.write(exporter.begin())
  try {
    for (const row of capture.entries({ afterSeq: 0, text, wire })) {
      for (const piece of exporter.frame(row)) output.write(piece)
      if (output.closed) break
    }
  } finally {
    capture.close()
    output.write(exporter.end())
    output.drain()
  }
  return statusOf(output.failure)
}

/** Of a damaged capture none are told: its frames are printed as far as they can be read. */
function reportOf(capture: Capture): Pick<ExporterOptions, 'findings' | 'answers'> {
  try {
    const { findings } = allFindings(capture).findings
    return { findings, answers: allAnswers(capture) }
  } catch (error) {
    if (error instanceof CaptureError) return {}
    throw error
  }
}

function open(path: string) {
  try {
    return openCapture(path)
  } catch (error) {
    if (error instanceof CaptureError) throw new UsageError(error.message)
    throw error
  }
}
