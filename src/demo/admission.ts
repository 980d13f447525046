// The demo's doorkeeper: the secret that a query demands, and a cookie that counts visits.

import type { IncomingMessage } from 'node:http'

/** Whether the request carries what `secret=` demands: as bearer token, basic password or API key. */
export function isAuthorized({ headers }: IncomingMessage, query: URLSearchParams): boolean {
  const secret = query.get('secret')
  if (secret === null) return true
  const [scheme = '', credentials = ''] = (headers.authorization ?? '').split(' ')
  if (/^bearer$/i.test(scheme)) return credentials === secret
  if (/^basic$/i.test(scheme)) {
    const [, password = ''] =
      /^[^:]*:(.*)$/s.exec(Buffer.from(credentials, 'base64').toString()) ?? []
    return password === secret
  }
  return headers['x-api-key'] === secret || query.get('key') === secret
}

/** With `cookies=1`: the Set-Cookie that counts this client's requests; null otherwise. */
export function visitCookie({ headers }: IncomingMessage, query: URLSearchParams): string | null {
  if (query.get('cookies') !== '1') return null
  const [, visits = '0'] = /(?:^|;\s*)visits=(\d{1,9})/.exec(headers.cookie ?? '') ?? []
  return `visits=${Number(visits) + 1}; Path=/; SameSite=Lax`
}
