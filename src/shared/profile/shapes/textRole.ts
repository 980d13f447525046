// The role of a text in an endpoint, by which credentials and files are found in it.

/** Names of the secrets that stand for a text which is a credential whole. */
export const credentialRoles = [
  'auth-token',
  'auth-password',
  'auth-key',
  'tls-passphrase',
] as const

/** What the names of the secrets in a URL's user information begin with. */
export const urlRoles = ['url', 'proxy', 'request'] as const

export type TextRole =
  /** `header`: a name, a value or a subprotocol. `body`: also a message's text. `bytes`: hexadecimal or base64. */
  | { readonly kind: 'plain' | 'header' | 'body' | 'bytes' | 'file' }
  | { readonly kind: 'credential'; readonly as: (typeof credentialRoles)[number] }
  | { readonly kind: 'url'; readonly as: (typeof urlRoles)[number] }

/** Answers with the text to put in the place of this one. `path` is how a user knows it: `requests[0].url`. */
export type MapText = (text: string, path: string, role: TextRole) => string
