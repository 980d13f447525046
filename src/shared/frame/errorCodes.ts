// The codes of error frames, each with what it means, what to do, and the actions that a timeline offers.

import type { ErrorAction } from './actionNames.ts'

/** A row of a list of codes; `docs/codes.md` prints it (`npm run generate`). */
export interface CodeRow {
  /** One sentence. The frame's own message has the particulars: which host, which file, how much. */
  readonly meaning: string
  /** One sentence: what to change, or that nothing needs changing. */
  readonly advice: string
  /** What a timeline offers where the frame allows it, the likeliest first. */
  readonly actions?: readonly ErrorAction[]
}

/** An error offers something, or says why nothing can be done from here. */
export type ErrorRow = CodeRow &
  (
    | { readonly actions: readonly [ErrorAction, ...ErrorAction[]] }
    | { readonly noAction: string; readonly actions?: never }
  )

/** The peer's, the network's or the user's fault; `internal` is ours. A code keeps its name: captures and scripts hold it. */
export const errorCodes = {
  'dns-failed': {
    meaning: 'The host name was not found, or could not be looked up.',
    advice: 'Check the spelling of the host, the network connection and the name server.',
    actions: ['change-url', 'retry', 'edit-profile'],
  },
  'connection-refused': {
    meaning: 'Nothing accepts connections at the address, or you may not use its socket.',
    advice: 'Check that the server runs, and the port or the path of the socket in the URL.',
    actions: ['retry', 'change-url', 'edit-profile'],
  },
  'connection-timeout': {
    meaning: 'The server did not accept a connection in time.',
    advice: 'Check the address, and whether a firewall drops the traffic.',
    actions: ['retry', 'change-url', 'edit-profile'],
  },
  'connection-reset': {
    meaning: 'The connection ended before the answer did.',
    advice:
      'Look at the log of the server; check https: or wss: in the URL and the client certificate.',
    actions: ['connect-to', 'retry', 'change-url', 'show-what-came', 'edit-profile'],
  },
  'network-unreachable': {
    meaning: 'No route leads from this machine to the server.',
    advice: 'Check the network connection, the VPN and the address.',
    actions: ['retry', 'change-url', 'edit-profile'],
  },
  'network-failed': {
    meaning: 'The exchange failed for a reason that has no code of its own; the cause names it.',
    advice: 'Look up the cause, and look at the log of the server.',
    actions: ['retry', 'show-what-came'],
  },
  'proxy-failed': {
    meaning: 'The proxy cannot be reached, refuses, or did not let the connection through.',
    advice: 'Check the proxy and its credentials, or go without one: "proxy": "none".',
    actions: ['enter-secret', 'edit-profile', 'show-what-came', 'retry'],
  },
  'tls-untrusted': {
    meaning:
      'The certificate of the server is not trusted: self-signed, expired, for another host.',
    advice:
      'Trust this certificate if it is the one you expect, or name its authority in "ca" of the profile’s "tls".',
    actions: ['trust', 'change-url', 'edit-profile', 'retry'],
  },
  'tls-client-certificate': {
    meaning: 'The server demands a client certificate, or does not accept the one it got.',
    advice: 'Name the right files in "cert" and "key", or "pfx", of the profile’s "tls".',
    actions: ['edit-profile', 'retry'],
  },
  'tls-failed': {
    meaning: 'Client and server could not agree on a TLS connection.',
    advice: 'Check the port, "minVersion" and "serverName"; without TLS the URL has http: or ws:.',
    actions: ['connect-to', 'change-url', 'edit-profile', 'retry', 'show-what-came'],
  },
  'tls-setup': {
    meaning: 'A file or the passphrase of the profile’s "tls" is missing, wrong or not a pair.',
    advice: 'Correct the field that the message names; nothing was sent.',
    actions: ['enter-secret', 'edit-profile', 'retry'],
  },
  'request-invalid': {
    meaning: 'The request cannot be written: a header, the method or the URL breaks the rules.',
    advice: 'Correct the field that the message names; nothing was sent.',
    actions: ['edit-profile'],
  },
  'file-not-readable': {
    meaning: 'The file of "bodyFile" or of a message cannot be read.',
    advice: 'Correct its path in the profile, or the rights of the file.',
    actions: ['edit-profile', 'retry'],
  },
  'redirect-refused': {
    meaning:
      'The server redirects to no URL, to another scheme, or to an origin that would get a secret.',
    advice: 'Connect to the target itself if it may have what the message names.',
    actions: ['connect-to', 'show-what-came', 'edit-profile'],
  },
  'redirect-loop': {
    meaning: 'Redirects lead in a circle, or there are too many of them.',
    advice: 'Check whether the server wants a cookie, a header or another URL.',
    actions: ['show-what-came', 'add-credentials', 'change-url', 'edit-profile', 'retry'],
  },
  'http-timeout': {
    meaning: 'Lifeline stopped waiting: no answer, or no complete one, came within "timeout".',
    advice: 'Set a longer "timeout" if the server needs more time.',
    actions: ['connect-as', 'retry', 'change-url', 'edit-profile', 'show-what-came'],
  },
  'silence-timeout': {
    meaning:
      'Not a byte of an answer, a stream or a WebSocket came for as long as "silenceTimeout".',
    advice: 'Set a longer "silenceTimeout" if the server may be silent for longer.',
    actions: ['retry', 'edit-profile', 'show-what-came'],
  },
  'http-error-status': {
    meaning: 'The server answered with a status from 400 to 599.',
    advice: 'Check what the status names: credentials, path, method, headers, or the server’s log.',
    actions: [
      'enter-secret',
      'add-credentials',
      'connect-as',
      'connect-to',
      'change-url',
      'show-what-came',
      'retry',
      'edit-profile',
    ],
  },
  'http-invalid': {
    meaning: 'What the server sent is not a valid HTTP answer to the request.',
    advice: 'Check that the port speaks HTTP/1.1 and that the Content-Length is right.',
    actions: ['connect-to', 'change-url', 'show-what-came', 'connect-as', 'edit-profile', 'retry'],
  },
  'http2-only': {
    meaning: 'The server speaks HTTP/2 only, and was asked by HTTP/1.1.',
    advice: 'Set "httpVersion" to "2"; for a WebSocket let the server take HTTP/1.1 as well.',
    actions: ['connect-with', 'edit-profile', 'show-what-came', 'retry'],
  },
  'http-head-too-large': {
    meaning: 'The head of the answer is larger than Lifeline reads.',
    advice: 'Let the server send fewer or shorter headers, often cookies.',
    actions: ['show-what-came', 'retry'],
  },
  'http-broken-chunking': {
    meaning: 'The body breaks the rules of chunked transfer coding.',
    advice: 'Look at the server, or at the proxy that changes its answers.',
    actions: ['show-what-came', 'retry'],
  },
  'http-bad-encoding': {
    meaning: 'The body is not compressed as its Content-Encoding says, or ends in the middle.',
    advice: 'Correct the Content-Encoding of the server, or ask for "Accept-Encoding: identity".',
    actions: ['show-what-came', 'edit-profile', 'retry'],
  },
  'http2-unavailable': {
    meaning: 'The profile wants HTTP/2 alone, and the server does not speak it here.',
    advice: 'Leave "httpVersion" out of the profile, or set it to "1.1".',
    actions: ['connect-with', 'edit-profile', 'show-what-came', 'retry'],
  },
  'http2-stream-reset': {
    meaning: 'The server ended the HTTP/2 stream of the request by RST_STREAM before it was over.',
    advice: 'Look at the log of the server, and at proxies on the way; the cause is its reason.',
    actions: ['connect-with', 'retry', 'show-what-came', 'edit-profile'],
  },
  'http2-goaway': {
    meaning: 'The server ended the HTTP/2 connection by GOAWAY while a request was on it.',
    advice: 'Look at the log of the server; the cause is its reason.',
    actions: ['retry', 'edit-profile', 'show-what-came'],
  },
  'http2-protocol-error': {
    meaning: 'What the server sent breaks the rules of HTTP/2, or is more than the client takes.',
    advice: 'Look at the server, or set "httpVersion": "1.1" to go around it.',
    actions: ['connect-with', 'edit-profile', 'show-what-came', 'retry'],
  },
  'message-too-large': {
    meaning:
      'A body, message, event or line is larger than Lifeline takes; the connection was closed.',
    advice: 'Let the server send smaller parts.',
    actions: ['show-what-came', 'connect-as', 'retry'],
  },
  'sse-bad-status': {
    meaning: 'The answer is no event stream because its status is not 200.',
    advice: 'Check what the status names: credentials, path, method or headers.',
    actions: [
      'connect-with',
      'enter-secret',
      'add-credentials',
      'connect-as',
      'connect-to',
      'change-url',
      'show-what-came',
      'retry',
      'edit-profile',
    ],
  },
  'sse-wrong-content-type': {
    meaning: 'The answer is no event stream because its content type is not text/event-stream.',
    advice:
      'Check the path, name the format in "stream" (sse, ndjson, json-array and others), or watch the endpoint by polling.',
    actions: [
      'connect-with',
      'connect-as',
      'change-url',
      'show-what-came',
      'edit-profile',
      'retry',
    ],
  },
  'stream-error-text': {
    meaning: 'A stream holds JSON, HTML or text in place of an event or record: often an error.',
    advice: 'Correct what the message names, or look at the log of the server.',
    actions: ['enter-secret', 'add-credentials', 'show-what-came', 'retry', 'edit-profile'],
  },
  'ws-handshake-refused': {
    meaning: 'The server answered the WebSocket handshake with another status than 101.',
    advice: 'Check the path, the credentials and the header Origin; redirects are not followed.',
    actions: [
      'enter-secret',
      'add-credentials',
      'connect-as',
      'connect-to',
      'change-url',
      'show-what-came',
      'retry',
      'edit-profile',
    ],
  },
  'ws-protocol-error': {
    meaning: 'A frame or the handshake of the server breaks the rules of WebSocket.',
    advice: 'Correct at the server what the message names; the error holds the bytes that came.',
    actions: ['show-what-came', 'retry', 'edit-profile'],
  },
  'ws-invalid-utf8': {
    meaning: 'A text message or the reason of a close frame is not valid UTF-8.',
    advice: 'Let the server send it as a binary message, or encode it as UTF-8.',
    actions: ['show-what-came', 'retry'],
  },
  'ws-abnormal-closure': {
    meaning: 'The WebSocket was lost without a close frame: 1006, as a browser reports it.',
    advice:
      'Look at the log of the server and at what stands between, such as a proxy’s time limit.',
    actions: ['retry', 'show-what-came'],
  },
  'ws-no-pong': {
    meaning: 'No pong answered a ping in time: the connection is half-open, or the server hangs.',
    advice: 'Set a longer "pingInterval" if the server is only slow.',
    actions: ['retry', 'edit-profile', 'show-what-came'],
  },
  'tap-port-taken': {
    meaning: 'Another program listens on the port that the tap was to have.',
    advice: 'Choose another port, or none to have a free one; or end the program that has it.',
    actions: ['use-free-port', 'edit-profile', 'retry'],
  },
  'tap-cannot-listen': {
    meaning: 'The tap cannot listen, or listens no longer; the cause names the reason.',
    advice: 'Choose another port, or none to have a free one.',
    actions: ['use-free-port', 'edit-profile', 'retry'],
  },
  'capture-lost': {
    meaning: 'The capture’s file was removed, emptied or replaced while the session recorded.',
    advice: 'Leave the file alone while it grows; `capture-moved` says where recording goes on.',
    actions: ['choose-folder', 'retry'],
  },
  'capture-write-failed': {
    meaning: 'The capture can no longer be written, such as on a full disk; the session ended.',
    advice: 'Make room or choose another folder, then connect again.',
    actions: ['choose-folder', 'keep-in-memory', 'retry'],
  },
  internal: {
    meaning: 'Lifeline itself failed; the session ended, and the log has the details.',
    advice: 'Report it with what the log says.',
    actions: ['show-log', 'retry'],
  },
} as const satisfies Readonly<Record<string, ErrorRow>>

/** A code of this version. The frame of a capture may have another one: there it is a `string`. */
export type ErrorCode = keyof typeof errorCodes

export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(errorCodes, code)
}
