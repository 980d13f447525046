// The one certificate that is accepted though it is not trusted: checked when the handshake is done, before anything is sent.

import { TLSSocket } from 'node:tls'
import { otherCertificate } from '../../protocols/http/tlsFault.ts'

/** An option of requests to a host. Whatever makes their sockets heeds it by `pinnable` and `guardPinned`, or not at all. */
export interface PinOption {
  /** SHA-256 of the certificate, as `pinOf` writes it. */
  readonly pinned?: string
}

/** A fingerprint in Node's form: `AB:CD:…`. */
export function pinOf(fingerprint: string): string {
  return fingerprint
    .replaceAll(':', '')
    .toUpperCase()
    .replaceAll(/..(?!$)/g, '$&:')
}

/** The options of a socket that `guardPinned` is called with: Node leaves the certificate to it. */
export function pinnable<O extends object>(options: O): O {
  // A resumed session shows no certificate.
  const whole = { rejectUnauthorized: false, session: undefined }
  return pinIn(options) === null ? options : { ...options, ...whole }
}

/**
 * To be called before the handshake of the socket is done. One whose certificate is neither trusted nor the pinned one
 * is destroyed in the event in which Node itself would do so: nothing has been sent.
 */
export function guardPinned<S>(socket: S, options: object): S {
  const pinned = pinIn(options)
  if (pinned === null || !(socket instanceof TLSSocket)) return socket
  socket.prependOnceListener('secureConnect', () => {
    if (socket.authorized || socket.getPeerCertificate().fingerprint256 === pinned) return
    socket.destroy(Object.assign(new Error(otherCertificate), { code: otherCertificate }))
  })
  return socket
}

function pinIn(options: PinOption): string | null {
  return options.pinned ?? null
}
