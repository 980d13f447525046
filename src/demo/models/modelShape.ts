// The contract of a shape: how an API of a model writes the steps of an answer.

import type { ModelCounts, ModelStep } from './modelScript.ts'

/** Why an answer ends: it calls its tool, or a limit of tokens has cut it. */
export type Ending = 'tool' | 'length'

export interface ModelShape {
  readonly contentType: string
  readonly headers?: Readonly<Record<string, string>>
  /** Chunks as they are written, each with what parts it from the next. */
  begin(): readonly string[]
  step(step: ModelStep): readonly string[]
  finish(ending: Ending, counts: ModelCounts): readonly string[]
  error(message: string): readonly string[]
}

/** What the request asks for. */
export interface ModelAsked {
  /** OpenAI chat: the chunk with the counts. */
  readonly includeUsage: boolean
  /** Gemini: events in place of an array. */
  readonly asEvents: boolean
}

export const eventType = 'text/event-stream'

/** An event without a name. */
export function event(value: unknown): string {
  return `data: ${typeof value === 'string' ? value : JSON.stringify(value)}\n\n`
}

/** An event that is named for the type of its data. */
export function typedEvent<Value extends { readonly type: string }>(value: Value): string {
  return `event: ${value.type}\n${event(value)}`
}
