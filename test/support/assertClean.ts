// Asserts that bytes and texts do not hold a secret.

import assert from 'node:assert/strict'

/** The forms in which the value could be found by someone who looks for it. */
function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret)
  const inBase64 = [0, 1, 2].map((offset) => {
    const text = Buffer.concat([Buffer.alloc(offset), bytes, Buffer.alloc(2)]).toString('base64')
    return text.slice(offset === 0 ? 0 : offset + 1, Math.floor((8 * (offset + bytes.length)) / 6))
  })
  return [
    secret,
    Buffer.from(secret).toString('latin1'),
    encodeURIComponent(secret),
    new URL(`http://x/?${secret}`).search.slice(1),
    JSON.stringify(secret).slice(1, -1),
    ...inBase64,
    secret.slice(0, 10),
    secret.slice(0, 10).toLowerCase(),
  ]
}

/** Fails when the secret stands there, in whatever form. `where` is for the failure's message. */
export function assertClean(where: string, bytes: string | Uint8Array, secret: string): void {
  const haystack = Buffer.from(bytes)
  for (const form of formsOf(secret)) {
    const at = haystack.indexOf(form)
    const found = haystack.subarray(Math.max(0, at - 60), at + 60).toString()
    assert.equal(at, -1, `${form} stands in ${where}: ${found}`)
  }
}
