// The sentence about a stream's last bytes, where they are no event and no record: what they are, in words.

import type { NoticeCode } from '../../../shared/frame/noticeCodes.ts'
import type { Fault } from '../fault.ts'
import { natureOf, quoted } from './strayText.ts'
import { toldError } from './toldError.ts'

/** What ended it: the server, a fault that broke it off, or the user. */
export type EndedBy = 'server' | 'broken' | 'stopped'

export interface LastBytes {
  readonly by: EndedBy
  readonly unit: 'event' | 'record'
  /** An event or a record has come. */
  readonly hasItems: boolean
  /** Lines that are none, since the last one. */
  readonly stray: string
  /** An event that no blank line has ended, a record whose end is missing. */
  readonly unfinished: string
}

/** `text`: all of what the sentence is about, where a frame is to have it. */
export type EndingWords =
  | {
      readonly kind: 'notice'
      readonly code: NoticeCode
      readonly message: string
      readonly text: string | null
    }
  | { readonly kind: 'error'; readonly fault: Fault; readonly text: string }

/** Null where nothing is left, or where the user has left a stream that was going on. */
export function streamEnding(last: LastBytes): EndingWords | null {
  const { by, unit, hasItems, stray, unfinished } = last
  const parts = [stray, unfinished].filter((part) => part !== '')
  const text = parts.join('\n')
  if (text === '') return null
  const isPart = stray === '' && (unit === 'record' || isEventPart(unfinished))
  // In the middle of something is where most streams are left.
  if (by === 'stopped' && hasItems && (isPart || oneField.test(text))) return null
  if (!isPart) return strayWords({ by, unit, hasItems }, text)
  const end = by === 'server' ? 'ended' : by === 'broken' ? 'broke off' : 'was left'
  const where =
    unit === 'event' ? 'before a blank line had ended its last event' : 'within its last record'
  const message = `The stream ${end} ${where}: ${quoted(unfinished)}`
  return { kind: 'notice', code: 'stream-cut-short', message, text: null }
}

/**
 * What came and is no event or record. JSON and HTML are an error of the server, and so is any text in place of the
 * first item. `by` is null while the stream is open.
 */
export function strayWords(
  { by, unit, hasItems }: Pick<LastBytes, 'unit' | 'hasItems'> & { readonly by: EndedBy | null },
  text: string,
): EndingWords {
  const nature = natureOf(text)
  const start = by === 'server' ? 'The stream ended with' : 'The stream’s last bytes are'
  if (nature === 'text' && (hasItems || by !== 'server')) {
    const message = `${start} text that is no ${unit}: ${quoted(text)}`
    return { kind: 'notice', code: 'stream-stray-text', message, text }
  }
  const told = toldError(text)
  const words = told === null ? quoted(text) : `${told.words}.`
  const message = `${start} ${nature} that is no ${unit}: ${words}`
  const fields = told?.ofCredentials ? { fields: ['auth'] } : {}
  return { kind: 'error', fault: { code: 'stream-error-text', message, ...fields }, text }
}

function isEventPart(text: string): boolean {
  return text.split('\n').some((line) => /^(?:data|event|id|retry)?:/.test(line) || isBegun(line))
}

/** The line has a field's whole name or its start. */
function isBegun(line: string): boolean {
  return line !== '' && ['data', 'event', 'id', 'retry'].some((name) => name.startsWith(line))
}

/** A field of somebody's own, as some servers send one with each event. */
const oneField = /^[\w-]+:[^\n]*$/
