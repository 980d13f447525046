// The contract of a model API's reader: one chunk of a stream in, what it says out; and what readers have in common.

import type { ModelApi } from '../../../shared/session/modelAnswers.ts'
import { modelLimits } from '../../../shared/session/modelLimits.ts'
import { cutText } from '../../../shared/text/visibleText.ts'
import { own } from '../../../shared/unknown.ts'

/** An event, a record or a message of a stream. */
export interface ModelChunk {
  /** The name of an event; null of what is no event. */
  readonly event: string | null
  /** An object or a list. */
  readonly value: unknown
}

/** A piece of what the model says. */
export interface Delta {
  readonly kind: 'text' | 'reasoning' | 'refusal' | 'tool'
  /** Of a tool call its arguments, a piece of JSON text. */
  readonly text: string
  /** The block or the tool call that it belongs to; absent: the last one of its kind, as long as nothing else came since. */
  readonly key?: string
  /** Of several answers to one request, from 0. */
  readonly choice?: number
  /** Of a tool. */
  readonly name?: string
  /** A tool call that comes at once; where pieces of it came before, it repeats them. */
  readonly isWhole?: true
}

export interface TokenCounts {
  readonly input: number | null
  readonly output: number | null
  readonly reasoning: number | null
}

/** What one chunk says. */
export interface ChunkSays {
  readonly deltas: readonly Delta[]
  /** What it is about, in the API's words, where it says nothing else: `role assistant`, `message_start`. */
  readonly note?: string
  /** It is the first of an answer. */
  readonly begins?: true
  /** Of the answer, as the API numbers them; absent where it tells none. */
  readonly answerId?: string
  /** Several answers share the connection: whose this is. */
  readonly stream?: string
  readonly model?: string
  /** The reason why the model stopped, in the API's words. */
  readonly finish?: string
  /** Nothing of this answer comes after it. */
  readonly ends?: true
  readonly error?: string
  /** Why something beside the answer failed, which goes on: a tool, another agent. Its note ends with `error`. */
  readonly failure?: string
  /** Counts that are known by now: each replaces the one before it. */
  readonly usage?: TokenCounts
  /** It says only that the connection lives. */
  readonly keepsAlive?: true
}

export interface ModelReader {
  readonly api: ModelApi
  /**
   * Whether a stream that has this chunk is of the API. Quick for what is of another one. `before`: the chunk before it, for
   * one that is too common to be a sign by itself; null where there is none.
   */
  knows(chunk: ModelChunk, before: () => ModelChunk | null): boolean
  /** Null for what is not of the API. */
  read(chunk: ModelChunk): ChunkSays | null
}

/** What ends the streams of several APIs, which is no JSON. */
export const doneText = '[DONE]'

export const saysNothing: ChunkSays = { deltas: [] }

/** At the end of these names; undefined where one is missing. */
export function ownAt(value: unknown, ...names: readonly string[]): unknown {
  return names.reduce(own, value)
}

/** A text that is not empty. */
export function textAt(value: unknown, ...names: readonly string[]): string | undefined {
  const text = ownAt(value, ...names)
  return typeof text === 'string' && text !== '' ? text : undefined
}

/** The same, cut: a name, a reason, an id. */
export function wordAt(value: unknown, ...names: readonly string[]): string | undefined {
  const text = textAt(value, ...names)
  return text === undefined ? undefined : cutText(text, modelLimits.wordChars)
}

export function countAt(value: unknown, ...names: readonly string[]): number | null {
  const count = ownAt(value, ...names)
  return typeof count === 'number' && Number.isFinite(count) && count >= 0 ? count : null
}

export function listAt(value: unknown, ...names: readonly string[]): readonly unknown[] {
  const list = ownAt(value, ...names)
  return Array.isArray(list) ? list.slice(0, modelLimits.deltas) : []
}

/** As JSON, and where it is nested too deeply for that, an ellipsis. */
export function jsonText(value: unknown): string {
  try {
    return JSON.stringify(value) ?? ''
  } catch {
    // What was parsed without recursion is written with it.
    return '…'
  }
}

/** Undefined where none of them is known. */
export function tokenCounts(
  input: number | null,
  output: number | null,
  reasoning: number | null,
): TokenCounts | undefined {
  if (input === null && output === null && reasoning === null) return undefined
  return { input, output, reasoning }
}

/** Of `{"error": {"message": …}}` or `{"error": "…"}`; undefined where there is none. */
export function errorAt(value: unknown, name = 'error'): string | undefined {
  const error = own(value, name)
  if (error === undefined || error === null || error === false) return undefined
  const message = textAt(error, 'message') ?? (typeof error === 'string' ? error : undefined)
  const code = own(error, 'code') ?? own(error, 'type')
  const words = [typeof code === 'string' || typeof code === 'number' ? String(code) : '', message]
  const said = words.filter((word) => word !== undefined && word !== '').join(': ')
  return cutText(said === '' ? 'An error without a message.' : said, modelLimits.wordChars)
}

/** Reasons that say that a limit of tokens ended the answer. */
const lengthReasons: ReadonlySet<string> = new Set([
  'length',
  'max_tokens',
  'max_output_tokens',
  'model_context_window_exceeded',
  'MAX_TOKENS',
])

export function isLengthStop(reason: string): boolean {
  return lengthReasons.has(reason)
}
