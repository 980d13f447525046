// Exports a capture in slices, between which recording goes on: as one text for the clipboard, or streamed into a file.

import { createWriteStream, realpathSync, renameSync, rmSync, statSync } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setTimeout } from 'node:timers/promises'
import { RpcError } from '../shared/calls/rpc.ts'
import type { ExportOptions } from '../shared/session/exportFormats.ts'
import type { Capture } from './capture/capture.ts'
import { reasonOf } from './capture/format/captureError.ts'
import type { ExportRun } from './capture/writing/exportRun.ts'
import { openPart } from './capture/writing/partFile.ts'
import type { ExporterOptions } from './exports/exporter.ts'
import { createExporter } from './exports/exporters.ts'
import { readAnswers } from './readAnswers.ts'
import { readFindings } from './readFindings.ts'

const longestTextChars = 64 * 1024 * 1024
/** So few selected frames are drawn one by one. */
const wholeSelection = 100
/** Pieces are handed on together. */
const blockChars = 64 * 1024
/** The thread is kept for so long at a time. */
const sliceMs = 40
/** And idle for so long between: a thread that never is holds its sender back (`watchPressure`). */
const pauseMs = 5
/** Of a file's mode those of its owner, its group and others. */
const rights = 0o777

type Exported = Pick<Capture, 'info' | 'rows' | 'entries' | 'selected' | 'decode' | 'analysis'>

/** Where the filter has a text, its frames are found first. */
async function findFrames(capture: Exported, options: ExportOptions, run: ExportRun) {
  const { filter } = options
  if (filter.text === '') return
  const { frames } = capture.info()
  for (;;) {
    const { partial, upTo = frames } = capture.rows(filter, 0, 0)
    if (!partial) return
    run.share = Math.min(0.5, (0.5 * upTo) / frames)
    await nextSlice(run)
  }
}

async function nextSlice({ signal }: ExportRun): Promise<void> {
  await setTimeout(pauseMs)
  if (signal.aborted) throw new RpcError('cancelled', 'The export was cancelled.')
}

async function* exported(
  capture: Exported,
  options: ExportOptions,
  run: ExportRun,
): AsyncGenerator<string> {
  const { filter, within } = options
  const { show } = filter
  // The columns of a view are no part of the record.
  const shown = show && options.format !== 'ndjson' ? { show } : {}
  await findFrames(capture, options, run)
  const report = await reportOf(capture, options, run)
  const info = capture.info()
  const found = run.share
  const last = within?.at(-1)?.[1] ?? info.frames
  const exporter = createExporter(
    { ...options, ...shown, ...report, ...runsOf(capture, options) },
    info,
  )
  let block = exporter.begin()
  let sliceEnds = performance.now() + sliceMs
  for (const row of capture.entries(filter, within)) {
    for (const piece of exporter.frame(row)) {
      block += piece
      if (block.length < blockChars) continue
      yield block
      block = ''
    }
    if (performance.now() < sliceEnds) continue
    run.share = Math.min(1, found + ((1 - found) * row.frame.seq) / last)
    await nextSlice(run)
    sliceEnds = performance.now() + sliceMs
  }
  yield block + exporter.end()
}

/** Only of the whole session: of a part of it they may be about what is not there. */
async function reportOf(
  capture: Exported,
  { format, filter, within }: ExportOptions,
  run: ExportRun,
): Promise<Pick<ExporterOptions, 'findings' | 'answers'>> {
  const isWhole = within === undefined && filter.text === '' && filter.afterSeq === 0
  if (format !== 'markdown' || !isWhole) return {}
  const { findings } = await readIn(readFindings(capture), run)
  return { findings: findings.findings, answers: await readIn(readAnswers(capture), run) }
}

async function readIn<Read>(reading: Generator<undefined, Read>, run: ExportRun): Promise<Read> {
  for (;;) {
    const { done, value } = reading.next()
    if (done) return value
    await nextSlice(run)
  }
}

function runsOf(
  capture: Exported,
  { filter, within }: ExportOptions,
): Pick<ExportOptions, 'runLength'> {
  if (within === undefined) return {}
  const { frames, partial } = capture.selected(filter, within, Number.MAX_SAFE_INTEGER)
  return !partial && frames <= wholeSelection ? { runLength: Number.POSITIVE_INFINITY } : {}
}

/** The export as one string. Rejects with `export-too-large` beyond 64 Mi characters, and with `cancelled`. */
export async function exportText(
  capture: Exported,
  options: ExportOptions,
  run: ExportRun,
): Promise<string> {
  const pieces: string[] = []
  let chars = 0
  for await (const piece of exported(capture, options, run)) {
    pieces.push(piece)
    chars += piece.length
    if (chars > longestTextChars) {
      throw new RpcError(
        'export-too-large',
        'This is too much for the clipboard. Save it to a file, or filter the timeline first.',
      )
    }
  }
  return pieces.join('')
}

/**
 * Writes the export to a file beside, which takes the place of what is there when it is whole, with its rights; a link
 * stays one. Rejects with `export-not-writable` and with `cancelled`.
 */
export async function exportFile(
  capture: Exported,
  path: string,
  options: ExportOptions,
  run: ExportRun,
): Promise<void> {
  let part: string | null = null
  try {
    const before = statSync(path, { throwIfNoEntry: false })
    const target = before ? realpathSync(path) : path
    const made = await openPart(target, before && before.mode & rights)
    part = made.path
    const file = createWriteStream(part, { fd: made.fd })
    await pipeline(Readable.from(exported(capture, options, run)), file)
    renameSync(part, target)
  } catch (error) {
    if (part !== null) rmSync(part, { force: true })
    if (!isOfFiles(error)) throw error
    throw new RpcError('export-not-writable', `${path} cannot be written: ${reasonOf(error)}.`)
  }
}

/** Whether the file system refused. */
function isOfFiles(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error
}
