// Reads the network options of a curl command: certificates and proxy.

import { type Parsed, refused } from '../endpoint/problem.ts'
import { encode } from './curlData.ts'
import { type CurlOptions, lastOf } from './curlOptions.ts'

/** The field `tls` of a profile entry; null where the command says nothing of it. */
export function curlTls(options: CurlOptions): Parsed<Readonly<Record<string, unknown>> | null> {
  const last = (name: string) => lastOf(options, name)
  const tls: Record<string, string | boolean> = {}
  if (last('insecure') !== undefined) tls.allowUntrusted = true
  const ca = last('cacert')
  if (ca !== undefined) tls.ca = ca
  const cert = last('cert')
  if (cert !== undefined) {
    // The colon of a drive's letter or of a reference separates nothing.
    const [, file = '', passphrase] =
      /^((?:[A-Za-z]:[\\/])?(?:\$\{[^{}]*\}|[^:])*)(?::(.*))?$/s.exec(cert) ?? []
    const isPfx = /^p12$/i.test(last('cert-type') ?? '') || /\.(?:p12|pfx)$/i.test(file)
    tls[isPfx ? 'pfx' : 'cert'] = file
    if (passphrase !== undefined) tls.passphrase = passphrase
  }
  const type = last('cert-type')
  if (type !== undefined && !/^(?:pem|p12)$/i.test(type)) {
    return refused('Change --cert-type to PEM or P12.')
  }
  const key = last('key')
  if (key !== undefined) tls.key = key
  const passphrase = last('pass')
  if (passphrase !== undefined) tls.passphrase = passphrase
  const [, minor] =
    /^tlsv1(?:\.(\d))?$/.exec(options.findLast(({ name }) => /^tlsv1/.test(name))?.name ?? '') ?? []
  if (minor !== undefined) tls.minVersion = minor === '0' ? 'TLSv1' : `TLSv1.${minor}`
  return { ok: true, value: Object.keys(tls).length > 0 ? tls : null }
}

const proxyOptions: Readonly<Record<string, string>> = {
  proxy: 'http',
  socks4: 'socks4',
  socks4a: 'socks4a',
  socks5: 'socks5',
  'socks5-hostname': 'socks5h',
}

/** The field `proxy` of a profile entry. */
export function curlProxy(options: CurlOptions): string | undefined {
  const last = (name: string) => lastOf(options, name)
  const named = options.findLast(({ name }) => Object.hasOwn(proxyOptions, name))
  if (last('noproxy') === '*' || named?.value === '') return 'none'
  if (!named) return undefined
  const scheme = proxyOptions[named.name] ?? 'http'
  const url = /^[a-z][a-z0-9+.-]*:\/\//i.test(named.value)
    ? named.value
    : `${scheme}://${named.value}`
  const user = last('proxy-user')
  if (user === undefined || url.includes('@')) return url
  return url.replace('://', () => `://${user.split(':').map(encode).join(':')}@`)
}
