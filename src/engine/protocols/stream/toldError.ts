// The error that a JSON text tells, in the forms in which servers write one: its message and its code.

import { shownLimits } from '../../../shared/limits.ts'
import { cutText } from '../../../shared/text/visibleText.ts'
import { isRecord } from '../../../shared/unknown.ts'

export interface ToldError {
  /** `“The model is overloaded.” (529)`: in the server's own words. */
  readonly words: string
  /** It is about who asks. */
  readonly ofCredentials: boolean
}

const messageKeys = ['message', 'error_description', 'detail', 'title', 'reason', 'msg', 'error']
const codeKeys = ['code', 'type', 'status']
const wholes = ['error', 'errors', 'fault']

/** Null where the text is no JSON, or tells none. */
export function toldError(text: string): ToldError | null {
  try {
    return read(JSON.parse(text), 3)
  } catch {
    // It is none, or was cut.
    return null
  }
}

/** `depth`: lists and objects that may lie around it. */
function read(value: unknown, depth: number): ToldError | null {
  if (depth < 0) return null
  if (Array.isArray(value)) return read(value[0], depth - 1)
  if (!isRecord(value)) return null
  for (const name of wholes) {
    const inner = read(value[name], depth - 1)
    if (inner !== null) return inner
  }
  const message = messageKeys.map((key) => value[key]).find(isText)
  if (message === undefined) return null
  const codes = codeKeys.map((key) => value[key]).filter(isCode)
  const line = cutText(message.trim().replace(/\s+/g, ' '), shownLimits.lineChars / 2)
  const [code] = codes
  return {
    words: `“${line}”${code === undefined ? '' : ` (${cutText(String(code), 60)})`}`,
    ofCredentials: codes.some((one) => credentialCode.test(String(one))),
  }
}

const credentialCode = /auth|api.?key|credential|permission|forbidden|^40[13]$/i

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== ''
}

function isCode(value: unknown): value is string | number {
  return isText(value) || typeof value === 'number'
}
