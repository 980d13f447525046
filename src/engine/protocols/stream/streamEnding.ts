// The sentence about a stream's last bytes, where they are no event and no record: what they are, in words.

import type { NoticeCode } from '../../../shared/frame/noticeCodes.ts'
import { natureOf, quoted } from './strayText.ts'

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

export interface EndingWords {
  readonly code: NoticeCode
  readonly message: string
}

/** Null where nothing is left, or where the user has left a stream that was going on. */
export function streamEnding(last: LastBytes): EndingWords | null {
  const { by, unit, hasItems, stray, unfinished } = last
  const parts = [stray, unfinished].filter((part) => part !== '')
  const text = parts.join('\n')
  if (text === '') return null
  const isPart = stray === '' && (unit === 'record' || isEventPart(unfinished))
  // In the middle of something is where most streams are left.
  if (by === 'stopped' && hasItems && (isPart || oneField.test(text))) return null
  if (!isPart) return strayWords(by === 'server', unit, text)
  const end = by === 'server' ? 'ended' : by === 'broken' ? 'broke off' : 'was left'
  const where =
    unit === 'event' ? 'before a blank line had ended its last event' : 'within its last record'
  const message = `The stream ${end} ${where}: ${quoted(unfinished)}`
  return { code: 'stream-cut-short', message }
}

/** What came and is no event or record. */
export function strayWords(ended: boolean, unit: LastBytes['unit'], text: string): EndingWords {
  const what = `${natureOf(text)} that is no ${unit}: ${quoted(text)}`
  const message = ended ? `The stream ended with ${what}` : `The stream’s last bytes are ${what}`
  return { code: 'stream-stray-text', message }
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
