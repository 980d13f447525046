// Tells at a glance whether a payload can hold a credential: of a flood, most need not be read for one.

/** Three letters of each name and each look by which credentials are found (`credentialNames`), separators left out. */
const traces = [
  ...['tok', 'cre', 'pas', 'pwd', 'aut', 'rer', 'dpo', 'sse', 'aml', 'rif', 'vic', 'ign', 'hma'],
  ...['sig', 'jwt', 'ssi', 'eyj', 'key', 'sk-', 'rk-', 'pk-', 'sk_', 'rk_', 'pk_', 'hf_', 'pm_'],
  ...['ho_', 'hp_', 'hs_', 'hr_', 'hu_', 'pat', 'xox', 'aiz', 'ya2', 'aki', 'asi', '://', '\\u0'],
]

const bits = 5
const known = new Uint8Array(1 << (3 * bits))
for (const trace of traces) {
  const [a = 0, b = 0, c = 0] = [...trace].map((letter) => letter.charCodeAt(0) & 31)
  known[(a << (2 * bits)) | (b << bits) | c] = 1
}

/** What is certain: a name that ends so, wherever its separators stand, a look, or a password in a URL. */
const sure = new RegExp(
  [
    'token|secret|pass|pwd|cred|auth|bearer|dpop|assertion|samlresponse|verifier',
    'device.?code|signature|hmac|\\bsig\\b|jwt|session|eyj|[srp]k[-_]|gh[opsru]_|hf_|npm_|_pat_|glpat',
    'xox[a-z]-|aiza|ya29|akia|asia|://[^\\s/]{0,200}@|\\\\u0',
    '(?:api|access|subscription|functions?|private|signing|encryption|master|shared|account|host|license)[\\W_]{0,2}key',
  ].join('|'),
  'i',
)

const decoder = new TextDecoder('latin1')

/** False only where nothing in it is found by name or by looks. */
export function mayHoldCredentials(payload: Uint8Array): boolean {
  let last = 0
  for (let i = 0; i < payload.length; i++) {
    // Letter case and most of what is no letter fall away.
    last = ((last << bits) | ((payload[i] as number) & 31)) & (known.length - 1)
    if (known[last] === 1) return sure.test(decoder.decode(payload))
  }
  return false
}
