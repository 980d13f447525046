// Reads a request to a model: its name, the last thing that the user said, whether usage is wanted.

import type { ModelApi } from '../../../shared/session/modelAnswers.ts'
import { modelLimits } from '../../../shared/session/modelLimits.ts'
import { cutText } from '../../../shared/text/visibleText.ts'
import { isRecord } from '../../../shared/unknown.ts'
import { type Json, own, ownAt, textAt, wordAt } from './modelChunk.ts'

export interface ModelRequest {
  /** By the end of its URL; null where that is of no API. */
  readonly api: ModelApi | null
  readonly model: string | null
  readonly prompt: string | null
  readonly usageAsked: boolean | null
}

/** Ends of paths. [openai] [anthropic] [gemini] [ollama], each in its reference. */
const paths: readonly (readonly [RegExp, ModelApi])[] = [
  [/\/chat\/completions$/, 'openai-chat'],
  [/\/responses$/, 'openai-responses'],
  [/\/messages$/, 'anthropic'],
  [/:streamGenerateContent$/, 'gemini'],
  [/\/api\/(chat|generate)$/, 'ollama'],
]

/** Null for a body that asks no model for anything. */
export function readModelRequest(url: string, body: Json): ModelRequest | null {
  const said = lastOfUser(body)
  const path = URL.canParse(url) ? new URL(url).pathname : ''
  const api = paths.find(([end]) => end.test(path))?.[1] ?? null
  const model = wordAt(body, 'model') ?? modelOfPath(path)
  if (said === null && (model === null || api === null)) return null
  return {
    api: said === null && model === null ? null : api,
    model,
    prompt: said === null ? null : cutText(said.trim(), modelLimits.promptChars),
    usageAsked:
      api === 'openai-chat' ? ownAt(body, 'stream_options', 'include_usage') === true : null,
  }
}

/** [gemini] `/v1beta/models/NAME:streamGenerateContent` */
function modelOfPath(path: string): string | null {
  return /\/models\/([^/:]+):/.exec(path)?.[1] ?? null
}

/** Lists of messages have several names; `input` and `prompt` may be the text itself. */
function lastOfUser(body: Json): string | null {
  for (const name of ['messages', 'input', 'contents', 'prompt']) {
    const said = own(body, name)
    const text = typeof said === 'string' ? said : Array.isArray(said) ? lastMessage(said) : null
    if (text !== null && text !== '') return text
  }
  return null
}

function lastMessage(messages: readonly unknown[]): string | null {
  // Those of tools come after it.
  const last = messages.findLast(
    (one) => isRecord(one) && (own(one, 'role') ?? 'user') === 'user' && textOf(one) !== null,
  )
  return last === undefined ? null : textOf(last)
}

/** Of `{content: "…"}`, `{content: [{text}]}` or `{parts: [{text}]}`. */
function textOf(message: unknown): string | null {
  const content = own(message, 'content') ?? own(message, 'parts')
  if (typeof content === 'string') return content === '' ? null : content
  if (!Array.isArray(content)) return null
  for (const part of content.slice(0, modelLimits.deltas)) {
    const text = textAt(part, 'text')
    if (text !== undefined) return text
  }
  return null
}
