// Decodes percent-encoded text.

/** The text itself where a stray % means that it was never encoded. */
export function decodePercent(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    // It was never encoded.
    return text
  }
}
