// The URL that an error shows to be right in place of the one that was asked.

import { visibleLine } from '../text/visibleText.ts'
import { shortName } from '../url/names.ts'
import type { ErrorDetail } from './frame.ts'

const secured: Readonly<Record<string, string>> = { http: 'https', ws: 'wss' }
const plain: Readonly<Record<string, string>> = { https: 'http', wss: 'ws' }

/** `url`: of the session, references and all. Null where the error shows none, or it is the same. */
export function otherUrl(
  { url }: { readonly url: string },
  { speaksTls, target }: Partial<ErrorDetail>,
): string | null {
  if (target !== undefined) return target === url ? null : target
  if (speaksTls === undefined) return null
  const [scheme = ''] = /^[a-z]+(?=:\/\/)/i.exec(url) ?? []
  const other = (speaksTls ? secured : plain)[scheme.toLowerCase()]
  return other === undefined ? null : `${other}${url.slice(scheme.length)}`
}

/** For a button: `https://localhost:7411/feed`, without its query. */
export function sayUrl(url: string): string {
  const [scheme = ''] = /^[a-z]+:\/\//i.exec(url) ?? []
  return visibleLine(`${scheme}${shortName(url)}`)
}
