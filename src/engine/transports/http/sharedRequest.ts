// Requests that are alike share one detail: a poll asks what the one before asked.

import type { RequestDetail } from '../../../shared/frame/httpDetail.ts'
import { isShared, share } from '../../../shared/frame/share.ts'

let last: RequestDetail | null = null

/** The detail, or the last one when it says the same. From the second time on it is one shared object. */
export function sharedRequest(detail: RequestDetail): RequestDetail {
  if (last === null || !saysSame(last, detail)) last = detail
  else if (!isShared(last)) last = share(detail)
  return last
}

function saysSame(a: RequestDetail, b: RequestDetail): boolean {
  const names = Object.keys(a) as (keyof RequestDetail)[]
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => name === 'headers' || a[name] === b[name]) &&
    a.headers.length === b.headers.length &&
    a.headers.every(([name, value], i) => name === b.headers[i]?.[0] && value === b.headers[i]?.[1])
  )
}
