// URLs that may be meant by a text without a scheme, such as `localhost:3000`.

import { checkUrl } from '../endpoint/checks/checkUrl.ts'
import { isNearHost } from '../url/nearHost.ts'

/** With the scheme in front, the likelier one first; empty where the text has its own, or is no URL even so. */
export function guessUrls(text: string): readonly string[] {
  const rest = text.replace(/^\/\//, '')
  if (!/^(?:[^\s/?#@]*@)?(?:[\p{L}\p{N}._-]+|\[[\da-f:.]+\])(?::\d*)?(?:[/?#]|$)/iu.test(rest))
    return []
  if (/^(?:https?|wss?|unix|ws\+unix|ftp|file|curl|fetch)(?::|$)/i.test(rest)) return []
  if (checkUrl(`http://${rest}`) !== null) return []
  const schemes = prefersTls(rest) ? ['https', 'http'] : ['http', 'https']
  return schemes.map((scheme) => `${scheme}://${rest}`)
}

/** A public name, and the ports of TLS. */
function prefersTls(rest: string): boolean {
  const { hostname, port } = new URL(`http://${rest}`)
  if (/^\d*443$/.test(port)) return true
  return port === '' && !isNearHost(hostname) && !/^[\d.]+$|^\[/.test(hostname)
}

/** It may be a host, or anything else. */
export function isBareWord(text: string): boolean {
  return /^[\p{L}\p{N}_-]+$/u.test(text) && text.toLowerCase() !== 'localhost'
}
