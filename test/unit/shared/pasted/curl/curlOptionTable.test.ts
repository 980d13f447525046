// Every option of curl is in the table, with or without a value as curl has it.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { curlLetters, curlOptions } from '../../../../../src/shared/pasted/curl/curlOptionTable.ts'

/** By `curl --help all` of 7.88, and the names that 8.x added. */
const flags = `
  anyauth append basic cert-status compressed compressed-ssh create-dirs crlf digest disable
  disable-eprt disable-epsv disallow-username-in-url doh-cert-status doh-insecure fail
  fail-early fail-with-body false-start form-escape ftp-create-dirs ftp-pasv ftp-pret
  ftp-skip-pasv-ip ftp-ssl-ccc ftp-ssl-control get globoff haproxy-protocol head http0.9 http1.0
  http1.1 http2 http2-prior-knowledge http3 http3-only ignore-content-length include insecure
  ipv4 ipv6 junk-session-cookies list-only location location-trusted mail-rcpt-allowfails manual
  metalink negotiate netrc netrc-optional next no-alpn no-buffer no-clobber no-keepalive no-npn
  no-progress-meter no-sessionid ntlm ntlm-wb parallel parallel-immediate path-as-is post301
  post302 post303 progress-bar proxy-anyauth proxy-basic proxy-digest proxy-insecure
  proxy-negotiate proxy-ntlm proxy-ssl-allow-beast proxy-ssl-auto-client-cert proxy-tlsv1
  proxytunnel raw remote-header-name remote-name remote-name-all remote-time remove-on-error
  retry-all-errors retry-connrefused sasl-ir show-error silent socks5-basic socks5-gssapi
  socks5-gssapi-nec ssl ssl-allow-beast ssl-auto-client-cert ssl-no-revoke ssl-reqd
  ssl-revoke-best-effort sslv2 sslv3 styled-output suppress-connect-headers tcp-fastopen
  tcp-nodelay tftp-no-options tlsv1 tlsv1.0 tlsv1.1 tlsv1.2 tlsv1.3 tr-encoding trace-time
  use-ascii verbose version xattr ca-native proxy-ca-native proxy-http2 mptcp trace-ids
  dump-ca-embed skip-existing tls-earlydata follow out-null`

const values = `
  abstract-unix-socket alt-svc aws-sigv4 cacert capath cert cert-type ciphers config
  connect-timeout connect-to continue-at cookie cookie-jar create-file-mode crlfile curves data
  data-ascii data-binary data-raw data-urlencode delegation dns-interface dns-ipv4-addr
  dns-ipv6-addr dns-servers doh-url dump-header egd-file engine etag-compare etag-save
  expect100-timeout form form-string ftp-account ftp-alternative-to-user ftp-method ftp-port
  ftp-ssl-ccc-mode happy-eyeballs-timeout-ms header help hostpubmd5 hostpubsha256 hsts interface
  json keepalive-time key key-type krb libcurl limit-rate local-port login-options mail-auth
  mail-from mail-rcpt max-filesize max-redirs max-time netrc-file noproxy oauth2-bearer output
  output-dir parallel-max pass pinnedpubkey preproxy proto proto-default proto-redir proxy
  proxy-cacert proxy-capath proxy-cert proxy-cert-type proxy-ciphers proxy-crlfile proxy-header
  proxy-key proxy-key-type proxy-pass proxy-pinnedpubkey proxy-service-name proxy-tls13-ciphers
  proxy-tlsauthtype proxy-tlspassword proxy-tlsuser proxy-user proxy1.0 pubkey quote random-file
  range rate referer request request-target resolve retry retry-delay retry-max-time
  sasl-authzid service-name socks4 socks4a socks5 socks5-gssapi-service socks5-hostname
  speed-limit speed-time stderr telnet-option tftp-blksize time-cond tls-max tls13-ciphers
  tlsauthtype tlspassword tlsuser trace trace-ascii unix-socket upload-file url url-query user
  user-agent write-out variable ipfs-gateway haproxy-clientip trace-config ip-tos vlan-priority
  keepalive-cnt ech sigalgs upload-flags parallel-max-host knownhosts`

const letters = `
  a append E cert K config C continue-at b cookie c cookie-jar d data q disable D dump-header f
  fail F form P ftp-port G get g globoff I head H header h help 0 http1.0 i include k insecure 4
  ipv4 6 ipv6 j junk-session-cookies l list-only L location M manual m max-time n netrc : next N
  no-buffer o output Z parallel # progress-bar x proxy U proxy-user p proxytunnel Q quote r
  range e referer J remote-header-name O remote-name R remote-time X request S show-error s
  silent Y speed-limit y speed-time 2 sslv2 3 sslv3 t telnet-option z time-cond 1 tlsv1 T
  upload-file B use-ascii u user A user-agent v verbose V version w write-out`

function words(text: string): readonly string[] {
  return text.split(/\s+/).filter((word) => word !== '')
}

describe("the table of curl's options", () => {
  for (const [kind, names, takesValue] of [
    ['without a value', words(flags), false],
    ['with a value', words(values), true],
  ] as const) {
    it(`has each ${kind}`, () => {
      assert.ok(names.length > 80)
      for (const name of names) {
        const row = curlOptions.get(name) ?? curlOptions.get(name.replace(/^no-/, ''))
        assert.equal(row?.takesValue, takesValue, name)
      }
    })
  }

  it('has each letter', () => {
    const list = words(letters)
    for (let i = 0; i < list.length; i += 2) {
      assert.equal(curlLetters.get(list[i] ?? ''), list[i + 1])
    }
  })

  it('says why of each that is not followed', () => {
    for (const [name, { effect, why }] of curlOptions) {
      assert.equal(why === '', effect === 'followed', name)
      assert.doesNotMatch(why, /^[A-Z](?!ifeline)|\.$/, name)
    }
  })
})
