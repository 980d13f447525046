// Checks that credentials can be sent, and that they fit beside the other fields.

import { splitUserInfo } from '../../url/userInfo.ts'
import type { Auth, Endpoint } from '../endpoint.ts'
import { checkFieldValue } from '../httpSyntax.ts'
import type { Report } from '../problem.ts'
import { checkHeaderName } from './checkHeaderName.ts'

/** `open`: whether a text still holds references, which leaves its grammar for later. */
export function checkAuth(
  endpoint: Endpoint,
  auth: Auth,
  open: (text: string) => boolean,
  report: Report,
): void {
  const field = headerOf(auth)
  const same = endpoint.headers.find(([name]) => name.toLowerCase() === field?.toLowerCase())
  if (same) {
    report('auth', `Give the credentials once: in "auth" or in the header ${same[0]}.`)
  } else if (auth.type !== 'apiKey' && splitUserInfo(endpoint.url) !== null) {
    report('auth', 'Give the credentials once: in "auth" or in the URL.')
  }
  switch (auth.type) {
    case 'bearer':
      if (auth.token === '') report('auth.token', 'Write the token, or remove "auth".')
      else if (!open(auth.token)) report('auth.token', checkFieldValue(auth.token))
      return
    case 'basic':
    case 'digest':
      // [rfc7617] 2, [rfc7616] 3.4.2: the first colon ends the user's name.
      if (auth.user.includes(':') && !open(auth.user)) {
        report('auth.user', 'Remove the colon: a user name has none.')
      }
      return
    case 'apiKey':
      if (auth.value === '') report('auth.value', 'Write the key, or remove "auth".')
      if (auth.in === 'query') {
        if (auth.name === '') report('auth.name', 'Name the query parameter that takes the key.')
        return
      }
      if (!open(auth.name)) report('auth.name', checkHeaderName(endpoint, auth.name))
      if (!open(auth.value)) report('auth.value', checkFieldValue(auth.value))
  }
}

function headerOf(auth: Auth): string | null {
  if (auth.type !== 'apiKey') return 'authorization'
  return auth.in === 'header' ? auth.name : null
}
