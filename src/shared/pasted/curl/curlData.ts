// Reads the data of a curl command, joined as curl joins it, or the file that holds it.

import { type Parsed, refused } from '../../endpoint/problem.ts'
import { encodeReserved } from '../../text/encodePercent.ts'
import type { ShellInput } from '../shell/wantedCommand.ts'
import { multipartForm } from './curlForm.ts'
import { type CurlOptions, lastOf } from './curlOptions.ts'

export interface CurlData {
  readonly text: string | null
  readonly file: string | null
  readonly isJson: boolean
  /** The text goes into the URL's query. */
  readonly toQuery: boolean
  /** It is sent in this media type, unless a header says otherwise. */
  readonly contentType: string | null
  readonly notes: readonly string[]
}

const dataOptions = ['data', 'data-ascii', 'data-raw', 'data-binary', 'data-urlencode', 'json']

const noInput = 'Write the data itself instead of @-: there is no input to read.'

interface Piece {
  readonly text: string
  readonly file: string | null
}

/** Refused where curl would read what Lifeline does not, and where curl itself refuses. */
export function readData(options: CurlOptions, input: ShellInput | null): Parsed<CurlData> {
  const isPosted = options.some(({ name }) => dataOptions.includes(name))
  const isForm = options.some(({ name }) => name === 'form' || name === 'form-string')
  const upload = lastOf(options, 'upload-file')
  const isHead = lastOf(options, 'head') !== undefined
  const toQuery = lastOf(options, 'get') !== undefined
  const asked = [isPosted && !toQuery, isForm, upload !== undefined, isHead]
  if (toQuery && isForm) return refused('Remove -G: curl sends a form (-F) as the body even so.')
  if (asked.filter(Boolean).length > 1 || (isPosted && upload !== undefined)) {
    return refused('Keep one of -d, -F, -T and -I: curl itself refuses them together.')
  }
  if (isForm) return readForm(options)
  if (upload !== undefined) return readUpload(upload, input)
  return isPosted ? readPosted(options, input, toQuery) : { ok: true, value: none }
}

const none: CurlData = {
  text: null,
  file: null,
  isJson: false,
  toQuery: false,
  contentType: null,
  notes: [],
}

function readForm(options: CurlOptions): Parsed<CurlData> {
  const form = multipartForm(options)
  return form.ok ? { ok: true, value: { ...none, ...form.value } } : form
}

function readUpload(file: string, input: ShellInput | null): Parsed<CurlData> {
  if (file !== '-' && file !== '.') {
    if (/^\{|,|\[\d/.test(file) && /[{[]/.test(file)) return refused('Name one file after -T.')
    return { ok: true, value: { ...none, file } }
  }
  if (input?.kind === 'text') return { ok: true, value: { ...none, text: input.text } }
  if (input?.kind === 'file') return { ok: true, value: { ...none, file: input.file } }
  return refused('Name a file instead of -: there is no input to read.')
}

function readPosted(
  options: CurlOptions,
  input: ShellInput | null,
  toQuery: boolean,
): Parsed<CurlData> {
  let text: string | null = null
  let file: string | null = null
  let isJson = false
  const notes = new Set<string>()
  for (const option of options) {
    if (!dataOptions.includes(option.name)) continue
    isJson ||= option.name === 'json'
    const read = readPiece(option, input)
    if (!read.ok) return read
    if (read.value.file !== null) {
      if (file !== null) return refused('Keep one file after @: Lifeline joins no files.')
      file = read.value.file
      if (!/^(?:data-binary|json)$/.test(option.name)) notes.add(lineEndsStay(file))
    } else if (text === null) text = read.value.text
    else text += `${option.name === 'json' ? '' : '&'}${read.value.text}`
  }
  if (file !== null && toQuery) {
    return refused('Write the data after -d: Lifeline puts no file into the URL.')
  }
  if (file !== null && text !== null) {
    return refused('Keep the data or the file after @: Lifeline does not join them.')
  }
  const form = toQuery ? null : 'application/x-www-form-urlencoded'
  const contentType = isJson ? 'application/json' : form
  return { ok: true, value: { text, file, isJson, toQuery, contentType, notes: [...notes] } }
}

function lineEndsStay(file: string): string {
  return `${file} is sent as it is; curl would leave out its line ends, unless it stood after --data-binary.`
}

function readPiece(
  { name, value }: { readonly name: string; readonly value: string },
  input: ShellInput | null,
): Parsed<Piece> {
  if (name === 'data-urlencode') return readEncoded(value, input)
  if (!value.startsWith('@') || name === 'data-raw') {
    return { ok: true, value: { text: value, file: null } }
  }
  if (value !== '@-') return { ok: true, value: { text: '', file: value.slice(1) } }
  if (input === null || input.kind === 'unknown') return refused(noInput)
  if (input.kind === 'file') return { ok: true, value: { text: '', file: input.file } }
  const keeps = name === 'data-binary' || name === 'json'
  const text = keeps ? input.text : input.text.replace(/[\r\n\0]/g, '')
  return { ok: true, value: { text, file: null } }
}

function readEncoded(value: string, input: ShellInput | null): Parsed<Piece> {
  const [, before = '', mark = '', content = ''] = splitEncoded(value)
  const name = before === '' ? '' : `${before}=`
  if (mark === '@') {
    if (content !== '-' || input?.kind !== 'text') {
      return refused('Write the data after --data-urlencode: Lifeline encodes no files.')
    }
    return { ok: true, value: { text: name + formEncode(input.text), file: null } }
  }
  return { ok: true, value: { text: encodedPair(value), file: null } }
}

/** At the first `=`, or else at the first `@`, outside of references. */
function splitEncoded(value: string): readonly string[] {
  const plain = (stop: string) =>
    new RegExp(`^((?:\\$\\{[^{}]*\\}|(?!\\$\\{[^{}]*\\})[^${stop}])*)([${stop}])(.*)$`, 's')
  return plain('=').exec(value) ?? plain('@').exec(value) ?? ['', '', '', value]
}

/** `content`, `=content` or `name=content`, of which the content is encoded. */
export function encodedPair(value: string): string {
  const [, before = '', , content = ''] = splitEncoded(value)
  return before === '' ? formEncode(content) : `${before}=${formEncode(content)}`
}

function formEncode(text: string): string {
  return encode(text).replaceAll('%20', '+')
}

/** Percent-encodes all but what [rfc3986] 2.3 leaves as it is; references stay. */
export function encode(text: string): string {
  return text.replace(/\$?\$\{[^{}]*\}|[^$]+|\$/g, (piece) => {
    if (/^\$\{/.test(piece)) return piece
    const plain = piece.startsWith('$${') ? piece.slice(1) : piece
    return encodeReserved(plain)
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
