// Reads a request to a model: its name, the last thing that the user said, whether usage is wanted.

import type { ModelApi } from '../../../shared/session/modelAnswers.ts'
import { modelLimits } from '../../../shared/session/modelLimits.ts'
import { cutText } from '../../../shared/text/visibleText.ts'
import { own } from '../../../shared/unknown.ts'
import { ownAt, textAt, wordAt } from './modelChunk.ts'

export interface ModelRequest {
  /** By the end of its URL and what it says; null where only the answer can tell. */
  readonly api: ModelApi | null
  readonly model: string | null
  readonly prompt: string | null
  readonly usageAsked: boolean | null
}

/** Ends of paths. [openai] [anthropic] [gemini] [ollama], each in its reference. */
const paths: readonly (readonly [RegExp, ModelApi])[] = [
  [/\/(chat\/)?completions$/, 'openai-chat'],
  [/\/responses$/, 'openai-responses'],
  [/\/messages$/, 'anthropic'],
  [/:streamGenerateContent$/, 'gemini'],
  [/\/interactions$/, 'gemini-interactions'],
  [/\/api\/(chat|generate)$/, 'ollama'],
]

/** What a request's body, or a message of the client's, asks a model for; null where it asks none for anything. */
export function readModelRequest(url: string, body: unknown): ModelRequest | null {
  const said = lastOfUser(body)
  const path = URL.canParse(url) ? new URL(url).pathname : ''
  const api = paths.find(([end]) => end.test(path))?.[1] ?? null
  const model = wordAt(body, 'model') ?? modelOfPath(path)
  if (said === null) return null
  return {
    // Chats between people have messages, too.
    api: model === null ? null : api,
    model,
    prompt: cutText(said.trim(), modelLimits.promptChars),
    usageAsked:
      api === 'openai-chat' ? ownAt(body, 'stream_options', 'include_usage') === true : null,
  }
}

/** Of a message by which the client of a WebSocket asks. [openai] guides/websocket-mode; in Realtime it has a field of its own. */
export function readSentRequest(
  value: unknown,
): (ModelRequest & { readonly stream: string }) | null {
  if (own(value, 'type') !== 'response.create') return null
  const response = own(value, 'response')
  const body = typeof response === 'object' ? response : value
  const said = lastOfUser(body)
  return {
    api: 'openai-responses',
    model: wordAt(body, 'model') ?? null,
    prompt: said === null ? null : cutText(said.trim(), modelLimits.promptChars),
    usageAsked: null,
    stream: wordAt(value, 'stream_id') ?? '',
  }
}

/** [gemini] `/v1beta/models/NAME:streamGenerateContent`, [azure] `/openai/deployments/NAME/chat/completions` */
function modelOfPath(path: string): string | null {
  return /\/(?:models\/([^/:]+):|deployments\/([^/]+)\/)/.exec(path)?.slice(1).find(Boolean) ?? null
}

/** Lists of messages have several names; `input` and `prompt` may be the text itself. */
function lastOfUser(body: unknown): string | null {
  for (const name of ['messages', 'input', 'contents', 'prompt']) {
    // [langgraph] A run's input has the messages.
    const said = ownAt(body, name, 'messages') ?? own(body, name)
    const text = typeof said === 'string' ? said : Array.isArray(said) ? lastMessage(said) : null
    if (text !== null && text !== '') return text
  }
  return null
}

function lastMessage(messages: readonly unknown[]): string | null {
  // Those of tools come after it.
  const last = messages.findLast(
    (one) => (own(one, 'role') ?? 'user') === 'user' && textOf(one) !== null,
  )
  return last === undefined ? null : textOf(last)
}

/** Of `{content: "…"}`, `{content: [{text}]}` or `{parts: [{text}]}`. */
function textOf(message: unknown): string | null {
  const content = own(message, 'content') ?? own(message, 'parts')
  if (typeof content === 'string') return content === '' ? null : content
  if (!Array.isArray(content)) return null
  // What is asked comes after what it is about.
  const part = content.findLast((one) => textAt(one, 'text') !== undefined)
  return textAt(part, 'text') ?? null
}
