// Puts values in the place of the references that a capture holds where credentials stood.

import { secretReference } from '../../../shared/endpoint/references.ts'
import type { Secret } from '../../../shared/session/sessionPlan.ts'

const reference = /\$\{secret:([^{}]{1,200})\}/g

/** The names that stand in a text. */
export function missingIn(text: string): readonly string[] {
  return [...text.matchAll(reference)].map(([, name = '']) => name)
}

/** `written`: the value as it stands in such a text. What has no value stays. */
export function fillSecrets(
  text: string,
  secrets: readonly Secret[],
  written: (value: string) => string = (value) => value,
): string {
  return text.replace(reference, (whole, name: string) => {
    const found = secrets.find((secret) => secret.name === name)
    return found ? written(found.value) : whole
  })
}

/** The same of a body or a message: in JSON a value is written as JSON has it. */
export function fillBytes(bytes: Uint8Array, secrets: readonly Secret[]): Uint8Array {
  const text = Buffer.from(bytes).toString('latin1')
  if (missingIn(text).length === 0) return bytes
  const isJson = /^\s*[[{"]/.test(text)
  const filled = fillSecrets(text, secrets, (value) => {
    const utf8 = Buffer.from(isJson ? JSON.stringify(value).slice(1, -1) : value)
    return utf8.toString('latin1')
  })
  return Uint8Array.from(Buffer.from(filled, 'latin1'))
}

/** Whether a text is the recorded one, whose references may stand for anything. */
export function isAsRecorded(recorded: string, text: string): boolean {
  if (recorded === text) return true
  const parts = recorded.split(/\$\{secret:[^{}]{1,200}\}/)
  if (parts.length === 1) return false
  const last = parts.at(-1) ?? ''
  let from = 0
  for (const [index, part] of parts.slice(0, -1).entries()) {
    const at = text.indexOf(part, from)
    if (at < 0 || (index === 0 && at > 0)) return false
    from = at + part.length
  }
  return text.length - last.length >= from && text.endsWith(last)
}

/** A credential that a client made for itself is recorded as `***`: the field's value with a reference in its place. */
export function withReference(name: string, value: string): string {
  if (!/authorization$/i.test(name)) return value
  return value.replace('***', () => secretReference(name.toLowerCase()))
}
