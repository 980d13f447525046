// JSON to be compared: a number that JavaScript would round is told from another one.

/** [ecma262] 25.5.1, with the number's own text, which the type declarations do not know yet. */
export type Reviver = (
  key: string,
  value: unknown,
  context?: { readonly source?: string },
) => unknown

/**
 * The value of a text to compare it only: a number that may lose digits, such as an identifier of 64 bits, is a
 * text that holds them all, `number 12345678901234567890`. Undefined for what is no JSON.
 */
export function parseComparableJson(text: string): unknown {
  try {
    // A reviver makes reading ten times slower.
    return JSON.parse(text, longNumber.test(text) ? (keepLongNumbers as Reviver) : undefined)
  } catch {
    // It is no JSON.
    return undefined
  }
}

const longNumber = /\d{16}/

const keepLongNumbers: Reviver = (_key, value, context) => {
  const { source = '' } = context ?? {}
  return typeof value === 'number' && longNumber.test(source) ? `number ${source}` : value
}
