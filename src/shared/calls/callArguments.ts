// Checks of the arguments that come from the page, which a hostile payload might control.

import type {
  CompanionRequest,
  MessageToSend,
  OutgoingMessage,
  RequestToSend,
} from '../endpoint/endpoint.ts'
import { parseFilter } from '../filter/parseFilter.ts'
import { type ErrorAction, errorActionNames } from '../frame/actionNames.ts'
import { bookmarkLimits, defaultLimits, filterLimits, foldLimits } from '../limits.ts'
import { type AnalysisName, analysisNames } from '../session/analysisResults.ts'
import type { RowFilter, TailWish } from '../session/captureRows.ts'
import { type ExportFormat, isExportFormat } from '../session/exportFormats.ts'
import type { FrameSpans } from '../session/frameSpans.ts'
import { type Habits, readHabitChanges } from '../session/habits.ts'
import { parsePath } from '../text/jsonPath.ts'
import type { NamedValues } from '../text/namedValues.ts'
import { maxShownPaths } from '../text/pathList.ts'
import { isRecord } from '../unknown.ts'
import { type CallCode, isCallCode } from './callCodes.ts'
import type { ExportFile } from './messages.ts'
import { RpcError } from './rpc.ts'

/** Rows in one answer; a window shows a few hundred at the most. */
const maxRows = 2000
const maxPieceBytes = 8 * 1024 * 1024
export const maxTextChars = 64 * 1024 * 1024
const maxHeaders = 1000
/** One for each bin of an overview, and the end. */
const maxPlaces = 2048
const maxSpans = 100_000
export const maxNameChars = 10_000
const maxPingBytes = 64 * 1024

/** Throws `bad-argument` with the name of the argument, as every check here does. */
export function checkFilter(value: unknown): RowFilter {
  const { afterSeq, find, fold, gapMs, show } = checkObject(value, 'filter')
  return {
    afterSeq: checkWhole(afterSeq, 'afterSeq'),
    ...checkShown(value),
    ...(find !== undefined && { find: checkText(find, 'find', filterLimits.chars) }),
    ...(show !== undefined && { show: checkPaths(show) }),
    ...(fold !== undefined && { fold: checkFold(fold) }),
    ...(gapMs !== undefined && { gapMs: checkWhole(gapMs, 'gapMs') }),
  }
}

function checkFold(value: unknown): NonNullable<RowFilter['fold']> {
  const { level, open } = checkObject(value, 'fold')
  if (level !== 'repeats' && level !== 'bursts') throw refuse('fold')
  return { level, open: checkSeqs(open) }
}

export function checkShown(value: unknown): Pick<RowFilter, 'text' | 'wire'> {
  const { text, wire } = checkObject(value, 'filter')
  if (typeof wire !== 'boolean') throw refuse('wire')
  return { text: checkText(text, 'text', filterLimits.chars), wire }
}

/** Of a timeline, to be kept: it asks something, and has no mistake. */
export function checkSoundFilter(value: unknown): string {
  const text = checkText(value, 'filter', filterLimits.chars)
  const { node, mistakes } = parseFilter(text)
  if (node === null || mistakes.length > 0) throw refuse('filter')
  return text
}

/** Paths into JSON. */
export function checkPaths(value: unknown): readonly string[] {
  if (!Array.isArray(value) || value.length > maxShownPaths) throw refuse('show')
  if (!value.every((path) => typeof path === 'string' && parsePath(path) !== null))
    throw refuse('show')
  return value
}

/** Of the doctor. */
export function checkRule(value: unknown): string {
  const id = checkText(value, 'rule', 100)
  if (!/^[a-z0-9-]+$/.test(id)) throw refuse('rule')
  return id
}

export function checkExportFormat(value: unknown): ExportFormat {
  if (!isExportFormat(value)) throw refuse('format')
  return value
}

export function checkExportFile(value: unknown): ExportFile {
  return value === 'capture' ? value : checkExportFormat(value)
}

export function checkHabits(value: unknown): Partial<Habits> {
  const changes = readHabitChanges(checkObject(value, 'habits'))
  if (changes === null) throw refuse('habits')
  return changes
}

function checkSeqs(value: unknown): readonly number[] {
  if (!Array.isArray(value) || value.length > foldLimits.open) throw refuse('fold')
  return value.map(checkSeq)
}

/** Of a bookmark: one line; null takes it away. */
export function checkNote(value: unknown): string | null {
  if (value === null) return null
  const note = checkText(value, 'note', bookmarkLimits.noteChars)
  if (/[\r\n]/.test(note)) throw refuse('note')
  return note
}

/** Null follows nothing. */
export function checkTailWish(value: unknown): TailWish | null {
  if (value === null) return null
  const { id, filter, rows } = checkObject(value, 'tail')
  return { id: checkWhole(id, 'id'), filter: checkFilter(filter), rows: checkRowCount(rows) }
}

/** Frames whose rows are sought. */
export function checkPlaces(value: unknown): readonly number[] {
  if (!Array.isArray(value) || value.length > maxPlaces) throw refuse('seqs')
  return value.map(checkSeq)
}

/** Of selected frames, in order and apart. */
export function checkSpans(value: unknown): FrameSpans {
  if (!Array.isArray(value) || value.length > maxSpans) throw refuse('within')
  let before = 0
  return value.map((span: unknown) => {
    if (!Array.isArray(span) || span.length !== 2) throw refuse('within')
    const [first, last] = [checkWhole(span[0], 'within'), checkWhole(span[1], 'within')]
    if (first <= before || last < first) throw refuse('within')
    before = last
    return [first, last]
  })
}

/** The number of a row, from 0. */
export function checkRow(value: unknown): number {
  return checkWhole(value, 'row')
}

/** How many rows. */
export function checkRowCount(value: unknown): number {
  return checkWhole(value, 'count', maxRows)
}

export function checkChosen(value: unknown): boolean {
  if (typeof value !== 'boolean') throw refuse('chosen')
  return value
}

/** A sequence number: from 1, or 0 for the place before the first frame. */
export function checkSeq(value: unknown): number {
  return checkWhole(value, 'seq')
}

export function checkAction(value: unknown): ErrorAction {
  const name = errorActionNames.find((known) => known === value)
  if (name === undefined) throw refuse('action')
  return name
}

/** A sequence number, or the code of a call that has failed. */
export function checkAbout(value: unknown): number | CallCode {
  if (typeof value !== 'string') return checkSeq(value)
  if (!isCallCode(value)) throw refuse('code')
  return value
}

export function checkAnalysis(value: unknown): AnalysisName {
  const name = analysisNames.find((known) => known === value)
  if (name === undefined) throw refuse('analysis')
  return name
}

/** Where a piece of a payload begins, in bytes. */
export function checkOffset(value: unknown): number {
  return checkWhole(value, 'offset')
}

/** How long a piece is, in bytes. */
export function checkPieceLength(value: unknown): number {
  return checkWhole(value, 'length', maxPieceBytes)
}

export function checkCopied(value: unknown): string {
  return checkText(value, 'text', maxTextChars)
}

export function checkMessage(value: unknown): MessageToSend {
  const { type, name, message, of } = checkObject(value, 'message')
  if (type === 'saved') return { type, name: checkText(name, 'name', maxNameChars) }
  if (type === 'edited') return { type, message: checkOutgoing(message), of: checkSeq(of) }
  return checkOutgoing(value)
}

export function checkOutgoing(value: unknown): OutgoingMessage {
  const { type, text, bytes } = checkObject(value, 'message')
  if (type === 'text') return { type, text: checkText(text, 'text', maxTextChars) }
  if (type === 'binary') return { type, bytes: checkBytes(bytes) }
  throw refuse('message')
}

/** Null stops what is repeated. */
export function checkRepeated(value: unknown): MessageToSend | null {
  return value === null ? null : checkMessage(value)
}

/** Milliseconds. The session checks how short it may be. */
export function checkDelay(value: unknown): number {
  if (typeof value !== 'number' || !(value >= 0 && value <= defaultLimits.maxDelayMs))
    throw refuse('delay')
  return value
}

/** The session checks its length. */
export function checkPing(value: unknown): Uint8Array {
  const bytes = checkBytes(value)
  if (bytes.length > maxPingBytes) throw refuse('ping')
  return bytes
}

/** The session checks whether the code may be sent. */
export function checkCloseCode(value: unknown): number {
  return checkWhole(value, 'code', 65_535)
}

/** The session checks its length. */
export function checkReason(value: unknown): string {
  return checkText(value, 'reason', maxNameChars)
}

/** The shape only: the transport checks methods, URLs and headers. */
export function checkCompanion(value: unknown): RequestToSend {
  const { saved, edited, of } = checkObject(value, 'request')
  if (saved !== undefined) return { saved: checkText(saved, 'name', maxNameChars) }
  if (edited !== undefined) return { edited: checkRequest(edited), of: checkSeq(of) }
  return checkRequest(value)
}

function checkRequest(value: unknown): CompanionRequest {
  const { request, url, headers, body } = checkObject(value, 'request')
  return {
    request: checkText(request, 'request', 100),
    url: checkText(url, 'url', 100_000),
    headers: checkFields(headers),
    body: body === null ? null : checkText(body, 'body', maxTextChars),
  }
}

/** Of a head. */
export function checkFields(value: unknown): NamedValues {
  if (!Array.isArray(value) || value.length > maxHeaders) throw refuse('headers')
  return value.map((field: unknown) => {
    if (!Array.isArray(field) || field.length !== 2) throw refuse('headers')
    return [checkText(field[0], 'header', 100_000), checkText(field[1], 'header', 100_000)]
  })
}

export function checkObject(value: unknown, what: string): Readonly<Record<string, unknown>> {
  if (!isRecord(value)) throw refuse(what)
  return value
}

function checkBytes(value: unknown): Uint8Array {
  if (value instanceof Uint8Array) return value
  if (value instanceof ArrayBuffer) return new Uint8Array(value)
  throw refuse('bytes')
}

export function checkWhole(value: unknown, what: string, max = Number.MAX_SAFE_INTEGER): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0 || value > max) {
    throw refuse(what)
  }
  return value
}

export function checkText(value: unknown, what: string, maxChars: number): string {
  if (typeof value !== 'string' || value.length > maxChars) throw refuse(what)
  return value
}

export function refuse(what: string): RpcError {
  return new RpcError(
    'bad-argument',
    `The timeline asked for something that is not allowed (${what}).`,
  )
}
