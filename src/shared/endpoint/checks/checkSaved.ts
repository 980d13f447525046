// Checks that the messages and companion requests of a profile can be sent.

import type { MessageContent, SavedRequest } from '../endpoint.ts'
import { checkFieldValue, isToken } from '../httpSyntax.ts'
import { parseBase64, parseHex } from '../messageBytes.ts'
import { plainMethod } from '../methods.ts'
import type { Report } from '../problem.ts'
import { checkHeaderName } from './checkHeaderName.ts'
import { checkCharacters, checkResolvedUrl } from './checkUrl.ts'

type Open = (text: string) => boolean

/** Whether the bytes of a message can be read. `path` is the message's. */
export function checkContent(
  { kind, value }: MessageContent,
  path: string,
  open: Open,
  report: Report,
): void {
  if (open(value)) return
  if (kind === 'hex' && parseHex(value) === null) {
    report(`${path}.hex`, 'Write pairs of hexadecimal digits, such as "01 ff".')
  }
  if (kind === 'base64' && parseBase64(value) === null) {
    report(`${path}.base64`, 'Write base64, such as "AQID/w==".')
  }
}

export function checkSavedRequest(
  saved: SavedRequest,
  path: string,
  open: Open,
  report: Report,
): void {
  const { request, url, headers } = saved
  if (!open(request)) {
    const isMethod = isToken(request) && request.toUpperCase() !== 'CONNECT'
    if (!isMethod) report(`${path}.request`, 'Write an HTTP request method such as GET or POST.')
  }
  if (!open(url)) report(`${path}.url`, checkCompanionUrl(url))
  for (const [name, value] of headers) {
    const field = `${path}.headers.${name}`
    if (!open(name)) report(field, checkHeaderName({ method: plainMethod }, name))
    if (!open(value)) report(field, checkFieldValue(value))
  }
}

/** A path on the endpoint's server, or a whole `http:` or `https:` URL. */
function checkCompanionUrl(url: string): string | null {
  if (url === '') return 'Write a path on the endpoint’s server, such as /publish, or a whole URL.'
  if (!/^[a-z][a-z0-9+.-]*:/i.test(url)) {
    return checkCharacters(url)
  }
  if (!/^https?:/i.test(url)) return 'Start the URL with http:// or https://, or write a path.'
  return checkResolvedUrl(url)
}
