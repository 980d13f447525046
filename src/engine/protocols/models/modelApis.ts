// The table of model APIs: a line for each reader.

import { isRecord } from '../../../shared/unknown.ts'
import { decodeText } from '../bytes/utf8.ts'
import { doneText, type ModelChunk, type ModelReader } from './modelChunk.ts'
import { openaiChat } from './openaiChat.ts'

/** The first one that knows a chunk is taken. */
export const modelReaders: readonly ModelReader[] = [openaiChat]

/** The chunk in a payload, `done` for the text that ends several APIs' streams, null for anything else. */
export function parseChunk(event: string | null, payload: Uint8Array): ModelChunk | 'done' | null {
  if (payload.length <= doneText.length + 1 && decodeText(payload).trim() === doneText)
    return 'done'
  if (!beginsObject(payload)) return null
  try {
    const value: unknown = JSON.parse(decodeText(payload))
    return isRecord(value) ? { event, value } : null
  } catch {
    // Peers send what they like.
    return null
  }
}

function beginsObject(payload: Uint8Array): boolean {
  for (const byte of payload) {
    if (byte === 0x20 || (byte >= 0x09 && byte <= 0x0d)) continue
    return byte === 0x7b
  }
  return false
}
