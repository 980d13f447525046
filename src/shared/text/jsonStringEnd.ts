// The ends of strings in a JSON text.

/** The offset of the quote that ends the string whose first quote is at `from`; the text's length where none does. */
export function jsonStringEnd(text: string, from: number): number {
  for (let at = text.indexOf('"', from + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let slashes = 0
    while (text.charCodeAt(at - 1 - slashes) === backslash) slashes++
    if (slashes % 2 === 0) return at
  }
  return text.length
}

const backslash = 0x5c
