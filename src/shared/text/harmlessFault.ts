// Reduces a fault of ours to its kind and its place in the code, since its message may hold a secret.

import { cutText } from './visibleText.ts'

/** A longer message probably quotes its input. */
const mostCharacters = 200

/**
 * An error to be logged and shown in place of one that was caught. Messages of JavaScript and Node that quote what
 * they were given (`"…" is not valid JSON`) are left out, others pass through `hide`; the calls stay.
 */
export function harmlessFault(
  thrown: unknown,
  hide: (text: string) => string = (text) => text,
): Error {
  if (!(thrown instanceof Error)) return new Error('what was thrown is no error')
  const { name, message, stack = '' } = thrown
  const fault = new Error(quotes(thrown) ?? hide(cutText(message, mostCharacters)))
  fault.name = name
  const [, calls = ''] = /^.*?((?:\n {4}at [^\n]*)*)$/s.exec(stack.replace(message, '')) ?? []
  fault.stack = `${name}: ${fault.message}${hide(calls)}`
  return fault
}

/** A replacement for a message that quotes its input; null where it does not. */
function quotes(error: Error): string | null {
  if (error instanceof SyntaxError) return 'something could not be read'
  return 'code' in error && typeof error.code === 'string' ? error.code : null
}
