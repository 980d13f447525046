// Requests that are alike share one detail: a poll asks what the one before asked.

import type { RequestDetail } from '../../../shared/frame/httpDetail.ts'

let last: RequestDetail | null = null

/**
 * The detail, or the last one when it says the same. From the second time on it is a frozen object,
 * which the capture knows again: it is searched for secrets, turned into JSON and stored once.
 */
export function sharedDetail(detail: RequestDetail): RequestDetail {
  if (last === null || !saysSame(last, detail)) last = detail
  else if (!Object.isFrozen(last)) last = Object.freeze(detail)
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
