// The table of model APIs: a line for each reader, and what names an API ahead of its chunks.

import { headerValue } from '../../../shared/frame/headerFields.ts'
import type { ModelApi } from '../../../shared/session/modelAnswers.ts'
import type { NamedValues } from '../../../shared/text/namedValues.ts'
import { decodeText } from '../bytes/utf8.ts'
import { agUi } from './agUi.ts'
import { aiSdk, aiSdkHeader } from './aiSdk.ts'
import { anthropic } from './anthropic.ts'
import { gemini } from './gemini.ts'
import { geminiInteractions } from './geminiInteractions.ts'
import { langGraph } from './langGraph.ts'
import { doneText, type ModelChunk, type ModelReader } from './modelChunk.ts'
import { ollama } from './ollama.ts'
import { openaiChat } from './openaiChat.ts'
import { openaiResponses } from './openaiResponses.ts'

/** The first one that knows a chunk is taken. */
export const modelReaders: readonly ModelReader[] = [
  openaiChat,
  openaiResponses,
  anthropic,
  gemini,
  geminiInteractions,
  ollama,
  aiSdk,
  agUi,
  langGraph,
]

export function readerOf(api: ModelApi): ModelReader {
  return modelReaders.find((reader) => reader.api === api) as ModelReader
}

/** Null where only chunks can tell. */
export function apiOfAnswer(headers: NamedValues): ModelApi | null {
  return headerValue(headers, aiSdkHeader) === null ? null : 'ai-sdk'
}

/** The chunk in a payload, `done` for the text that ends several APIs' streams, null for anything else. */
export function parseChunk(event: string | null, payload: Uint8Array): ModelChunk | 'done' | null {
  if (isDone(payload)) return 'done'
  if (!beginsJson(payload)) return null
  try {
    return { event, value: JSON.parse(decodeText(payload)) }
  } catch {
    // Peers send what they like.
    return null
  }
}

/** A line end may have been left at it. */
export function isDone(payload: Uint8Array): boolean {
  return payload.length <= doneText.length + 2 && decodeText(payload).trim() === doneText
}

function beginsJson(payload: Uint8Array): boolean {
  for (const byte of payload) {
    if (byte === 0x20 || (byte >= 0x09 && byte <= 0x0d)) continue
    return byte === 0x7b || byte === 0x5b || isNull(payload)
  }
  return false
}

/** The data of an event that says all by its name. */
function isNull(payload: Uint8Array): boolean {
  return payload.length === 4 && decodeText(payload) === 'null'
}
