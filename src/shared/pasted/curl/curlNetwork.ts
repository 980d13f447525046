// Reads the network options of a curl command: certificates and proxy.

import { type Parsed, refused } from '../../endpoint/problem.ts'
import { encode } from './curlData.ts'
import { type CurlOptions, lastOf } from './curlOptions.ts'

/** The field `tls` of a profile entry; null where the command says nothing of it. */
export function curlTls(
  options: CurlOptions,
  serverName: string | null,
): Parsed<Readonly<Record<string, unknown>> | null> {
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
  if (serverName !== null) tls.serverName = serverName
  const [lowest, minor = '0'] =
    /^tlsv1(?:\.(\d))?$/.exec(options.findLast(({ name }) => /^tlsv1/.test(name))?.name ?? '') ?? []
  if (lowest !== undefined) tls.minVersion = minor === '0' ? 'TLSv1' : `TLSv1.${minor}`
  return { ok: true, value: Object.keys(tls).length > 0 ? tls : null }
}

const proxyOptions: Readonly<Record<string, string>> = {
  proxy: 'http',
  'proxy1.0': 'http',
  socks4: 'socks4',
  socks4a: 'socks4a',
  socks5: 'socks5',
  'socks5-hostname': 'socks5h',
}

/** The field `proxy` of a profile entry for the URL; undefined where the command says nothing of it. */
export function curlProxy(options: CurlOptions, url: string): string | undefined {
  const last = (name: string) => lastOf(options, name)
  const named = options.findLast(({ name }) => Object.hasOwn(proxyOptions, name))
  if (isUnproxied(url, last('noproxy')) || named?.value === '') return 'none'
  if (!named) return undefined
  const scheme = proxyOptions[named.name] ?? 'http'
  const written = /^[a-z][a-z0-9+.-]*:\/\//i.test(named.value)
    ? named.value
    : `${scheme}://${named.value}`
  const address = withProxyPort(written)
  const user = last('proxy-user')
  if (user === undefined || address.includes('@')) return address
  return address.replace('://', () => `://${user.split(':').map(encode).join(':')}@`)
}

/** curl's default is 1080, and 443 for a proxy that is reached by TLS. */
function withProxyPort(url: string): string {
  const [, start = '', host = '', port, rest = ''] =
    /^([a-z0-9+.-]+:\/\/)((?:[^@/]*@)?(?:\[[^\]]*\]|[^:/@]*))(:\d*)?(.*)$/is.exec(url) ?? []
  if (host === '' || host.includes('${') || port !== undefined || rest.includes(':')) return url
  return `${start}${host}:${/^https:/i.test(start) ? 443 : 1080}${rest}`
}

/** Whether the list after --noproxy has the URL's host, or a domain above it. */
function isUnproxied(url: string, list: string | undefined): boolean {
  if (list === undefined) return false
  const host = /^\w+:\/\/(?:[^@/?#]*@)?(\[[^\]]*\]|[^:/?#]*)/.exec(url)?.[1]?.toLowerCase() ?? ''
  const names = list.toLowerCase().split(/[\s,]+/)
  return names.some((written) => {
    const name = written.replace(/^\./, '')
    return name === '*' || (name !== '' && (host === name || host.endsWith(`.${name}`)))
  })
}
