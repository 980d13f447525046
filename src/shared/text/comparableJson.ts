// JSON to be compared: a number that JavaScript would round is told from another one.

import { longNumber, parseJson } from './parseJson.ts'

/**
 * The value of a text to compare it only: a number that may lose digits is a text that holds them all,
 * `number 12345678901234567890`. Undefined for what is no JSON.
 */
export function parseComparableJson(text: string): unknown {
  return parseJson(text, longNumber.test(text) ? keepLong : undefined)
}

function keepLong(source: string, value: number): unknown {
  return longNumber.test(source) ? `number ${source}` : value
}
