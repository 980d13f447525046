// The type of a frame among those of its kind, in one word.

import type { SeenFrame } from './frame.ts'

/**
 * The type of an event, `"type"` in the JSON (`jsonType`), else `text` or `binary` of a message, the format of a record, the
 * status of an answer, the method of a request, the code of an error or a notice. Null for kinds that have no types.
 */
export function frameType(frame: SeenFrame, jsonType: string | null): string | null {
  switch (frame.kind) {
    case 'event':
      return frame.detail.type === 'message' ? (jsonType ?? 'message') : frame.detail.type
    case 'message':
      return jsonType ?? frame.detail.type
    case 'record':
      return jsonType ?? frame.detail.format
    case 'request':
      return frame.detail.method
    case 'response':
      return String(frame.detail.status)
    case 'error':
    case 'notice':
      return frame.code
    default:
      return null
  }
}
