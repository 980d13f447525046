// `"type"` in the JSON of a row, as far as the row has it.

import type { FrameWithPreview } from '../../shared/frame/frame.ts'
import { createJsonTypes } from '../../shared/frame/jsonType.ts'

const encoder = new TextEncoder()

/** Null where there is none. */
export function jsonTypeOf({ preview }: Pick<FrameWithPreview, 'preview'>): string | null {
  return preview === null ? null : createJsonTypes().of(encoder.encode(preview))
}
