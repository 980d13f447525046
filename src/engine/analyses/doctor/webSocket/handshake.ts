// Rules about handshakes that open no WebSocket, and frames that a client has to refuse.

import { createEvidence, occurrences } from '../shapes/evidence.ts'
import { intermediaryOf } from '../shapes/intermediaries.ts'
import { type Rule, rule } from '../shapes/rule.ts'
import { manual, rfc } from '../shapes/sources.ts'
import { plural } from '../shapes/words.ts'

const refused = rule({
  id: 'ws-handshake-200',
  title: 'The handshake was answered as a plain request.',
  speaks:
    'A WebSocket handshake got another status than 101: a fault where none was opened, before or after it, else a risk.',
  why: 'A proxy that does not pass Upgrade and Connection on, a wrong path, or a server that wants credentials or another Origin.',
  source: manual('nginx, WebSocket proxying', 'https://nginx.org/en/docs/http/websocket.html'),
  advice:
    'Let the proxy pass on Upgrade and Connection (nginx: proxy_http_version 1.1 and proxy_set_header for both); check path, credentials and Origin.',
  kinds: ['response', 'error'],
  create() {
    const seen = createEvidence()
    let hasOpened = false
    let status = 0
    let proxy: string | null = null
    return {
      add({ frame, seq, connection }) {
        if (frame.kind === 'response') {
          const { purpose } = frame.detail
          hasOpened ||=
            purpose === 'handshake' && frame.detail.status === 101 && !frame.detail.refused
          return
        }
        const { response } = connection
        if (frame.code !== 'ws-handshake-refused' || response === null) return
        status = response.detail.status
        proxy = intermediaryOf(response.detail.headers)
        seen.add(response.seq, seq)
      },
      finding() {
        if (seen.count === 0) return null
        const by = proxy === null ? '' : ` through ${proxy}`
        return {
          severity: hasOpened ? 'risk' : 'fault',
          sentence: `${plural(seen.count, 'handshake', 'handshakes')} did not get 101 but ${status}${by}.`,
          proof: seen.proof(),
          figure: occurrences(seen.count),
        }
      },
    }
  },
})

interface Refused {
  readonly id: string
  readonly title: string
  readonly speaks: string
  readonly why: string
  readonly source: string
  readonly advice: string
  /** What `ws` says or its code, as the error's cause has it. */
  readonly cause: RegExp
  readonly sentence: string
}

/** What the client refuses is known from its errors: the frame itself is beside them. */
function refusedBy({ cause, sentence, ...texts }: Refused): Rule {
  return rule({
    ...texts,
    kinds: ['error'],
    create() {
      const seen = createEvidence()
      return {
        add({ frame, seq }) {
          if (frame.code === 'ws-protocol-error' && cause.test(frame.detail.cause ?? ''))
            seen.add(seq)
        },
        finding: () =>
          seen.count === 0
            ? null
            : {
                severity: 'fault',
                sentence,
                proof: seen.proof(),
                figure: occurrences(seen.count),
              },
      }
    },
  })
}

const subprotocol = refusedBy({
  id: 'ws-subprotocol',
  title: 'Client and server did not agree on a subprotocol.',
  speaks:
    'The answer names a subprotocol that was not offered, or none though some were: a fault, for clients refuse it.',
  why: 'Browsers fail the connection, too.',
  source: rfc(6455, '4.1'),
  advice:
    'Let the server choose one of Sec-WebSocket-Protocol of the request, or offer what it knows.',
  cause: /subprotocol/i,
  sentence:
    'The answer to the handshake names a subprotocol that was not offered, or none of those that were.',
})

const mask = refusedBy({
  id: 'ws-mask',
  title: 'The server masks its frames.',
  speaks: 'A frame of the server is masked: a fault, for clients must close with 1002.',
  why: 'Only clients mask; every client ends the connection.',
  source: rfc(6455, '5.1'),
  advice: 'Send frames of the server without a mask.',
  cause: /UNEXPECTED_MASK/,
  sentence: 'A frame of the server was masked, and the connection was closed for it.',
})

const control = refusedBy({
  id: 'ws-control',
  title: 'A control frame breaks the rules.',
  speaks:
    'A ping, pong or close of the server is longer than 125 B or comes in fragments: a fault.',
  why: 'Clients must end the connection.',
  source: rfc(6455, '5.5'),
  advice:
    'Keep pings, pongs and reasons for closing to 125 B (a reason to 123), each in one frame.',
  cause: /EXPECTED_FIN|INVALID_CONTROL_PAYLOAD_LENGTH/,
  sentence:
    'A control frame of the server was too long or in fragments, and the connection was closed for it.',
})

export const handshakeRules: readonly Rule[] = [refused, subprotocol, mask, control]
