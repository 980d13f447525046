// Reads the data of a curl command, joined as curl joins it, or the file that holds it.

import { type Parsed, refused } from '../endpoint/problem.ts'
import { type CurlOptions, lastOf } from './curlOptions.ts'

export interface CurlData {
  readonly text: string | null
  readonly file: string | null
  readonly isJson: boolean
  /** The text goes into the URL's query. */
  readonly toQuery: boolean
  /** It is sent as the fields of a form, unless a header says otherwise. */
  readonly isForm: boolean
}

const dataOptions = ['data', 'data-ascii', 'data-raw', 'data-binary', 'data-urlencode', 'json']

/** Refused where curl would read what Lifeline does not. */
export function readData(options: CurlOptions): Parsed<CurlData> {
  const pieces: string[] = []
  const upload = lastOf(options, 'upload-file')
  let file = upload ?? null
  let isJson = false
  for (const { name, value } of options) {
    if (!dataOptions.includes(name)) continue
    isJson ||= name === 'json'
    if (name === 'data-urlencode') {
      const [, before = '', mark = '', content = ''] = /^([^=@]*)([=@]?)(.*)$/s.exec(value) ?? []
      if (mark === '@') {
        return refused('Write the data after --data-urlencode: Lifeline encodes no files.')
      }
      if (mark === '') pieces.push(encode(before))
      else pieces.push(before === '' ? encode(content) : `${before}=${encode(content)}`)
    } else if (value.startsWith('@') && name !== 'data-raw') {
      if (value === '@-') {
        return refused('Write the data itself instead of @-: there is no input to read.')
      }
      if (file !== null) return refused('Keep one file after @: Lifeline joins no files.')
      file = value.slice(1)
    } else pieces.push(value)
  }
  if (file === '-') return refused('Name a file instead of -: there is no input to read.')
  if (file !== null && pieces.length > 0) {
    return refused('Keep the data or the file after @: Lifeline does not join them.')
  }
  const text = pieces.length > 0 ? pieces.join(isJson ? '' : '&') : null
  const toQuery = lastOf(options, 'get') !== undefined
  const isForm = !toQuery && (text !== null || (file !== null && upload === undefined))
  return { ok: true, value: { text, file, isJson, toQuery, isForm } }
}

/** Percent-encodes all but what [rfc3986] 2.3 leaves as it is; references stay. */
export function encode(text: string): string {
  return text.replace(/\$?\$\{[^{}]*\}|[^$]+|\$/g, (piece) => {
    if (/^\$\{/.test(piece)) return piece
    const plain = piece.startsWith('$${') ? piece.slice(1) : piece
    return encodeURIComponent(plain).replace(
      /[!'()*]/g,
      (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
    )
  })
}

/** The URL with more at the end of its query, as it is. */
export function withQuery(url: string, query: string): string {
  const [, before = '', fragment = ''] = /^([^#]*)(.*)$/s.exec(url) ?? []
  const path = /:\/\/[^/?]*$/.test(before) ? `${before}/` : before
  const mark = path.includes('?') ? (/[?&]$/.test(path) ? '' : '&') : '?'
  return path + mark + query + fragment
}

/** `"stream": true` is how language models are asked for server-sent events. */
export function asksForStream(body: string | null): boolean {
  if (body === null || !body.includes('stream')) return false
  try {
    const value: unknown = JSON.parse(body)
    return typeof value === 'object' && value !== null && 'stream' in value && value.stream === true
  } catch {
    // No JSON: that is the answer.
    return false
  }
}
