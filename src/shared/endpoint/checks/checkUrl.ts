// Checks that Lifeline can connect to a URL.

import { checkUnixUrl, readUnixUrl } from '../../url/unixUrl.ts'
import type { ClientMethod, Method } from '../endpoint.ts'
import { methods } from '../methods.ts'
import { checkReferences, replaceReferences } from '../references.ts'

const schemes = ['http', 'https', 'ws', 'wss']

// Stands where a reference stood: in a path it is any character, in the authority it stops the check.
const unknown = '\uE000'

/**
 * A sentence that says what to change, or null when the URL is fine. Where references stand only
 * the rest is checked; the resolved URL is to be checked again.
 */
export function checkUrl(text: string): string | null {
  return checkReferences(text) ?? checkResolvedUrl(replaceReferences(text, () => unknown))
}

/** The same for a URL in which references have been replaced, and `${` is only text. */
export function checkResolvedUrl(url: string): string | null {
  if (url.trim() === '') return 'Enter a URL, for example wss://example.com/feed.'
  if (url !== url.trim()) return 'Remove the space before or after the URL.'
  const problem = checkCharacters(url)
  if (problem !== null) return problem
  if (readUnixUrl(url)) return checkUnixUrl(url, unknown) ?? checkFragment(url)
  return checkAnyScheme(url) ?? checkFragment(url) ?? checkAuthority(url)
}

/** Whether it holds a character that URL parsers leave out in silence. */
export function checkCharacters(url: string): string | null {
  if (/\s/.test(url)) return 'Remove the space from the URL, or write it as %20.'
  return hasControl(url) ? 'Remove the control character from the URL.' : null
}

/** `websocket` for `ws:`, `wss:` and `ws+unix:`; null for the others, where the user chooses. */
export function proposeMethod(url: string): ClientMethod | null {
  return /^(?:wss?:\/\/|ws\+unix:)/i.test(url.trim()) ? 'websocket' : null
}

/** A sentence when the URL's scheme is for another method, or null. */
export function checkScheme(url: string, method: Method): string | null {
  const { scheme, anyScheme } = methods[method]
  if (anyScheme) return null
  if (scheme === 'http' && proposeMethod(url) !== null) {
    if (readUnixUrl(url)) return `Write unix: instead of ws+unix: for the method ${method}.`
    return `A ws:// or wss:// URL is watched with the method websocket. Change the method, or for ${method} start the URL with http:// or https://.`
  }
  if (scheme === 'ws' && /^https?:\/\//i.test(url)) {
    const secure = /^https:/i.test(url)
    return `Start the URL with ${secure ? 'wss' : 'ws'}:// instead of ${secure ? 'https' : 'http'}://: the method is websocket.`
  }
  return null
}

function checkAnyScheme(url: string): string | null {
  if (url.startsWith(unknown)) return null
  const [, scheme = '', slashes = ''] = /^([a-z][a-z0-9+.-]*):(\/*)/i.exec(url) ?? []
  // The scheme is still a reference in part: `http${env:S}://`.
  if (scheme === '' && /^[a-z][a-z0-9+.-]*\uE000/i.test(url)) return null
  if (schemes.includes(scheme.toLowerCase())) {
    return slashes.length >= 2
      ? null
      : `Write two slashes after ${scheme}:, as in ${scheme}://host/.`
  }
  if (scheme !== '' && slashes.length >= 2) {
    return `Lifeline cannot connect to ${scheme}: URLs. Change ${scheme}:// to http://, https://, ws:// or wss://.`
  }
  // `localhost:8080` reads as a URL with the scheme `localhost:`, which nobody means.
  return 'Start the URL with http://, https://, ws:// or wss://.'
}

function checkFragment(url: string): string | null {
  // [rfc6455] 3: fragment identifiers must not be used.
  return /^(?:wss?|ws\+unix):/i.test(url) && url.includes('#')
    ? 'Remove the # and what follows it: a WebSocket URL has no fragment. Write %23 for a literal #.'
    : null
}

function checkAuthority(url: string): string | null {
  const start = url.indexOf('://')
  if (start < 0) return null
  const authority = /^[^/?#\\]*/.exec(url.slice(start + 3))?.[0] ?? ''
  if (url.slice(0, start).includes(unknown) || authority.includes(unknown)) return null
  const hostAndPort = authority.slice(authority.lastIndexOf('@') + 1)
  if (/:.*:/.test(hostAndPort.replace(/^\[[^\]]*\]/, ''))) {
    return 'Put an IPv6 address in brackets, as in http://[::1]:8080/.'
  }
  // [spec] URL 3.5
  if (/^\[[^\]]*%/.test(hostAndPort)) {
    return 'Remove the % and the zone after it: an IPv6 address in a URL has none.'
  }
  const [, host = '', port] = /^(\[[^\]]*\]|[^:]*)(?::(.*))?$/.exec(hostAndPort) ?? []
  if (host === '') {
    return `Name a host after ://, for example ${url.slice(0, start)}://localhost:8080/.`
  }
  if (port !== undefined && port !== '' && !isPort(port)) {
    return 'Change the port after the host to a number from 1 to 65535, or leave it out.'
  }
  return URL.canParse(url)
    ? null
    : 'Correct the host: it holds a character that no host name can have.'
}

function isPort(port: string): boolean {
  return /^\d+$/.test(port) && Number(port) >= 1 && Number(port) <= 65535
}

function hasControl(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  return /[\u0000-\u001f\u007f]/.test(text)
}
