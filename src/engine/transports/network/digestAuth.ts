// The state of digest authentication with one server: the challenge that is answered, and how often it was.

import { createHash, randomBytes } from 'node:crypto'
import type { NamedValues } from '../../../shared/text/namedValues.ts'
import { requestTarget } from '../../../shared/url/requestTarget.ts'
import { challengesIn } from '../../protocols/http/challenges.ts'
import {
  type DigestChallenge,
  digestAnswer,
  digestChallenge,
  digestResponse,
} from '../../protocols/http/digest.ts'
import type { TransportOptions } from '../transport.ts'

export interface DigestAuth {
  /** The value of Authorization for this request; null before the server has asked. Counts the use. */
  authorization(method: string, url: URL, body: Uint8Array | null): string | null
  /**
   * Whether the request is to be sent again, with credentials that this answer asks for. Call it for each final
   * answer: what is refused twice in a row is wrong, unless only the nonce was stale.
   */
  takeAnswer(status: number, headers: NamedValues): boolean
}

/** A server that calls each nonce stale is left after so many. */
const mostTries = 3

/** `hide` hears of each answer, of which the password could be guessed, before anybody can send it back. */
export function createDigestAuth(
  { user, password }: { readonly user: string; readonly password: string },
  hide: TransportOptions['hidePassing'],
): DigestAuth {
  let challenge: DigestChallenge | null = null
  let count = 0
  let tries = 0

  return {
    authorization(method, url, body) {
      if (challenge === null) return null
      count++
      const request = {
        user,
        password,
        method,
        uri: requestTarget(url),
        body: body ?? new Uint8Array(),
        cnonce: randomBytes(16).toString('hex'),
        count,
      }
      const answer = digestAnswer(challenge, request, (algorithm, text) =>
        createHash(algorithm).update(text, 'latin1').digest('hex'),
      )
      hide?.([{ name: 'digest-response', value: digestResponse(answer) }])
      return answer
    },
    takeAnswer(status, headers) {
      const asked = status === 401 ? digestChallenge(challengesIn(headers)) : null
      const again = asked !== null && (tries === 0 || (asked.stale && tries < mostTries))
      if (again) {
        challenge = asked
        count = 0
      }
      tries = again ? tries + 1 : 0
      return again
    },
  }
}
