// Text that looks like JSON and is none: said to the user, who may send it all the same.

import { toError } from '../toError.ts'

/** Where text looks like JSON but is none, why; it can be sent all the same. */
export function jsonHint(text: string): string | null {
  if (!/^\s*[[{]/.test(text)) return null
  try {
    JSON.parse(text)
    return null
  } catch (error) {
    const reason = toError(error).message
    return `This is not yet JSON: ${reason}. It is sent as it is.`
  }
}
