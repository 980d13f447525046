// The methods that a field is for, as people read them.

import { methods as allMethods, type Method } from '../endpoint/endpoint.ts'

const names: Readonly<Record<Method, string>> = {
  polling: 'polling',
  'long-polling': 'long polling',
  sse: 'SSE',
  websocket: 'WebSocket',
}

/** `all`, `HTTP` or the methods themselves. */
export function audienceOf(methods: readonly Method[] = allMethods): string {
  if (methods.length === allMethods.length) return 'all'
  const isHttp = methods.length === allMethods.length - 1 && !methods.includes('websocket')
  return isHttp ? 'HTTP' : methods.map((method) => names[method]).join(', ')
}
