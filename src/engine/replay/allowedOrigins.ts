// Judges pages by their origin: those of this machine may read a replay, and one that the user names. It is somebody’s own traffic.

import { isLoopback } from '../../shared/url/loopback.ts'

/** `none`: no page asks, or one of the same origin. */
export type OriginJudgement = 'none' | 'allowed' | 'foreign'

/** `named`: an origin as browsers write it, such as `https://app.example.com`. */
export function judgeOrigin(origin: string | undefined, named: string | null): OriginJudgement {
  if (origin === undefined) return 'none'
  if (origin === named) return 'allowed'
  const url = /^https?:/i.test(origin) ? URL.parse(origin) : null
  return url !== null && isLoopback(url.hostname) ? 'allowed' : 'foreign'
}

/** The fields that let a page read an answer. [fetch] 3.3 */
export function corsFields(
  origin: string,
  exposed: string,
): readonly (readonly [string, string])[] {
  return [
    ['Access-Control-Allow-Origin', origin],
    ['Access-Control-Allow-Credentials', 'true'],
    ...(exposed === '' ? [] : [['Access-Control-Expose-Headers', exposed] as const]),
    ['Vary', 'Origin'],
  ]
}

/** The answer to a preflight. [fetch] 4.8 */
export function preflightFields(
  origin: string,
  { method, headers }: { readonly method: string; readonly headers: string | undefined },
): readonly (readonly [string, string])[] {
  return [
    ...corsFields(origin, ''),
    ['Access-Control-Allow-Methods', method],
    ...(headers === undefined ? [] : [['Access-Control-Allow-Headers', headers] as const]),
    ['Access-Control-Allow-Private-Network', 'true'],
    ['Access-Control-Max-Age', '600'],
  ]
}
