// The fields after -F and --form-string → a body of `multipart/form-data`, written as curl writes it.

import { type Parsed, refused } from '../../endpoint/problem.ts'
import type { CurlOptions } from './curlOptions.ts'

interface FormPart {
  readonly name: string
  readonly content: string
  readonly fileName: string | null
  readonly type: string | null
}

/** Refused where a part comes from a file. [rfc7578] */
export function multipartForm(
  options: CurlOptions,
): Parsed<{ readonly text: string; readonly contentType: string }> {
  const parts: FormPart[] = []
  for (const { name: option, value: written } of options) {
    if (option !== 'form' && option !== 'form-string') continue
    const [, name, value = ''] = /^([^=]*)=(.*)$/s.exec(written) ?? []
    if (name === undefined) return refused('Write the field of the form as name=content.')
    if (option === 'form-string') parts.push({ name, content: value, fileName: null, type: null })
    else {
      const part = readPart(name, value)
      if (!part.ok) return part
      parts.push(part.value)
    }
  }
  const boundary = boundaryFor(parts)
  const text = `${parts.map((part) => `--${boundary}\r\n${formatPart(part)}\r\n`).join('')}--${boundary}--\r\n`
  return { ok: true, value: { text, contentType: `multipart/form-data; boundary=${boundary}` } }
}

function readPart(name: string, written: string): Parsed<FormPart> {
  if (/^[@<]/.test(written)) {
    return refused(
      'Write the content of each field after -F: Lifeline puts no files into a form. Send a whole body by --data-binary @file.',
    )
  }
  if (/^=?\(|^\)/.test(written)) return refused('Write a form without parts in parts.')
  const [, quoted, bare = '', rest = ''] = /^(?:"((?:[^"\\]|\\.)*)"\s*|([^;]*))((?:;.*)?)$/s.exec(
    written,
  ) ?? ['', undefined, written, '']
  const content = quoted === undefined ? bare : quoted.replace(/\\(["\\])/g, '$1')
  let type: string | null = null
  let fileName: string | null = null
  for (const [, key = '', value = ''] of rest.matchAll(/;\s*([a-z]+)=("[^"]*"|[^;]*)/g)) {
    const plain = value.replace(/^"|"$/g, '').trim()
    if (key === 'type') type = plain
    else if (key === 'filename') fileName = plain
    else return refused(`Remove ;${key}= from the field after -F: Lifeline cannot follow it.`)
  }
  return { ok: true, value: { name, content, fileName, type } }
}

function formatPart({ name, content, fileName, type }: FormPart): string {
  const file = fileName === null ? '' : `; filename="${escapeName(fileName)}"`
  const kind = type === null ? '' : `Content-Type: ${type}\r\n`
  return `Content-Disposition: form-data; name="${escapeName(name)}"${file}\r\n${kind}\r\n${content}`
}

/** As browsers do, and curl since 7.81. [html] 4.10.21.8 */
function escapeName(name: string): string {
  return name.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

/** One that no part holds; the same for the same parts. */
function boundaryFor(parts: readonly FormPart[]): string {
  const all = parts.map(({ name, content }) => name + content).join()
  for (let number = 0; ; number++) {
    const boundary = `------------------------${number.toString(16).padStart(16, '0')}`
    if (!all.includes(boundary)) return boundary
  }
}
