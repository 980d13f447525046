// Hides the credentials in the heads that pass a tap: they are other people's, which no profile names.

import { isToken } from '../../shared/endpoint/httpSyntax.ts'
import { secretReference } from '../../shared/endpoint/references.ts'
import type { FieldChange } from '../../shared/frame/httpDetail.ts'
import {
  findTokens,
  mayBeCredential,
  minCredentialChars,
} from '../../shared/secrets/credentialNames.ts'
import { partName } from '../../shared/secrets/implicitNames.ts'
import { requestSecrets } from '../../shared/secrets/implicitSecrets.ts'
import type { Secret } from '../../shared/session/sessionPlan.ts'
import type { NamedValues } from '../../shared/text/namedValues.ts'
import { createRecent } from './recent.ts'
import { tapLimits } from './tapLimits.ts'

export interface TapSecrets {
  /**
   * The fields as they are recorded. Other credentials in them and in `url`, absolute or empty, are hidden wherever they
   * stand from now on; called right before the frame is recorded, as only the last of them are remembered.
   */
  hide(fields: NamedValues, url: string): NamedValues
  /** The changes of such fields as they are recorded. */
  hideChanges(changes: readonly FieldChange[]): readonly FieldChange[]
}

interface Hidden {
  readonly fields: NamedValues
  readonly secrets: readonly Secret[]
}

export function createTapSecrets(hidePassing: (secrets: readonly Secret[]) => void): TapSecrets {
  // Many requests have the same head as the one before.
  const known = createRecent<Hidden>(tapLimits.heads)
  return {
    hide(fields, url) {
      const key = JSON.stringify([url, fields])
      const found = known.get(key) ?? find(fields, url)
      known.set(key, found)
      if (found.secrets.length > 0) hidePassing(found.secrets)
      return found.fields
    },
    hideChanges: (changes) =>
      changes.map(({ name, from, to }) => ({
        name,
        from: from === null ? null : hiddenValue([name, from]),
        to: to === null ? null : hiddenValue([name, to]),
      })),
  }
}

/** With `keepCredentials` nothing is hidden. */
export const keptSecrets: TapSecrets = {
  hide: (fields) => fields,
  hideChanges: (changes) => changes,
}

function find(fields: NamedValues, url: string): Hidden {
  const cookies = fields.flatMap(([name, value]) => cookiesOf(name, value)).filter(isCredential)
  // Cookies of every sort come with each request of a browser: what `theme` says may stand anywhere.
  const others = fields.filter(([name]) => !cookieNames.test(name))
  // Referer and its like tell the query of another request.
  const urls = [url, ...others.flatMap(([, value]) => (value.includes('?') ? [value] : []))]
  const asked = urls.flatMap((one, index) =>
    requestSecrets({ request: 'GET', url: one, headers: index === 0 ? others : [], body: null }),
  )
  return {
    fields: fields.map((field) => [field[0], hiddenValue(field)]),
    secrets: [
      ...asked,
      ...cookies.map(([name, value]) => ({ name: cookieReference(name), value })),
    ],
  }
}

const cookieNames = /^(?:set-)?cookie$/i

function hiddenValue([name, value]: NamedValues[number]): string {
  switch (name.toLowerCase()) {
    case 'cookie':
      return value.replace(/[^;]+/g, hiddenPair)
    case 'set-cookie':
      return value.replace(/^[^;]+/, hiddenPair)
    case 'authorization':
    case 'proxy-authorization':
      return value.replace(
        /^(\s*(?:[^\s]+\s+)?)(\S.*)$/s,
        (_, scheme: string) => `${scheme}${secretReference(name.toLowerCase())}`,
      )
    default:
      return isNamedCredential(name, value)
        ? secretReference(partName('header', name.toLowerCase()))
        : value
  }
}

/** A short one is hidden in its own place alone. */
function isNamedCredential(name: string, value: string): boolean {
  const least = minCredentialChars(name)
  return least !== null && value.length >= least
}

/** `sid=abc`, or a value alone; an empty one deletes a cookie. */
function hiddenPair(pair: string): string {
  const at = pair.indexOf('=') + 1
  const value = pair.slice(at).trim()
  if (value === '') return pair
  const blanks = /^\s*/.exec(pair.slice(at))?.[0] ?? ''
  const name = pair.slice(0, Math.max(0, at - 1)).trim()
  return `${pair.slice(0, at)}${blanks}${secretReference(cookieReference(name))}`
}

function cookiesOf(name: string, value: string): NamedValues {
  const lower = name.toLowerCase()
  const pairs =
    lower === 'cookie'
      ? value.split(';')
      : lower === 'set-cookie'
        ? [value.split(';', 1)[0] ?? '']
        : []
  return pairs.map((pair) => {
    const at = pair.indexOf('=')
    return [pair.slice(0, Math.max(0, at)).trim(), pair.slice(at + 1).trim()]
  })
}

function cookieReference(name: string): string {
  return isToken(name) ? `cookie-${name}` : 'cookie'
}

/** Shorter and plainer ones say how a page looks, or which language it speaks. */
const leastCookieChars = 16

function isCredential([name, value]: NamedValues[number]): boolean {
  if (findTokens(value).length > 0) return true
  if (value.length < leastCookieChars) return false
  return (
    mayBeCredential(name) || /sid$|sess/i.test(name) || (/\d/.test(value) && /[a-z]/i.test(value))
  )
}
