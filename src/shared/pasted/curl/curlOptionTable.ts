// The table of curl's options: which are followed, which change nothing here, which are told or refused, and why.

/** `idle` ones change nothing of what is asked for here; `told` ones are named to the user, who connects nevertheless. */
export type OptionEffect = 'followed' | 'idle' | 'told' | 'refused'

interface OptionGroup {
  readonly effect: OptionEffect
  /** Of `told` and `refused`, a clause for the user; of `idle`, for the reader of this table. */
  readonly why: string
  readonly flags?: string
  /** Those that take a value. */
  readonly values?: string
}

const groups: readonly OptionGroup[] = [
  {
    effect: 'followed',
    why: '',
    flags: `get head insecure globoff path-as-is tlsv1 tlsv1.0 tlsv1.1 tlsv1.2 tlsv1.3 basic digest http1.1
      http2 http2-prior-knowledge`,
    values: `request header url url-query user-agent referer cookie range continue-at time-cond
      data data-ascii data-raw data-binary data-urlencode json form form-string upload-file variable
      user oauth2-bearer proxy proxy1.0 proxy-user noproxy socks4 socks4a socks5 socks5-hostname
      unix-socket resolve connect-to max-time proto-default cacert cert cert-type key pass`,
  },
  {
    effect: 'idle',
    why: 'it changes what curl prints and which files it writes',
    flags: `silent show-error verbose include show-headers fail fail-with-body fail-early progress-bar
      progress-meter buffer remote-name remote-name-all remote-header-name remote-time remove-on-error
      create-dirs styled-output trace-time trace-ids xattr clobber suppress-connect-headers skip-existing
      out-null`,
    values: `output output-dir write-out stderr trace trace-ascii trace-config dump-header libcurl
      create-file-mode cookie-jar etag-save`,
  },
  {
    effect: 'idle',
    why: 'Lifeline does so by itself, or the command has no use for it',
    flags: `location follow compressed tcp-nodelay keepalive proxy-basic socks5-basic ca-native
      proxy-ca-native parallel parallel-immediate junk-session-cookies disable sessionid alpn npn
      ssl-no-revoke ssl-revoke-best-effort ssl-allow-beast ssl ssl-reqd ssl-auto-client-cert
      proxy-ssl-allow-beast proxy-ssl-auto-client-cert disallow-username-in-url false-start metalink`,
    values: 'parallel-max parallel-max-host proto proto-redir key-type',
  },
  {
    effect: 'idle',
    why: 'it limits or repeats what curl does, for which Lifeline has limits of its own',
    flags: 'retry-all-errors retry-connrefused',
    values: `connect-timeout retry retry-delay retry-max-time speed-limit speed-time limit-rate rate
      keepalive-time keepalive-cnt happy-eyeballs-timeout-ms expect100-timeout random-file egd-file engine`,
  },
  {
    effect: 'idle',
    why: 'it is for other protocols than HTTP, or for what is refused by an option of its own',
    flags: `append use-ascii list-only compressed-ssh crlf ftp-create-dirs ftp-pasv ftp-pret
      ftp-skip-pasv-ip ftp-ssl-ccc ftp-ssl-control disable-eprt disable-epsv eprt epsv
      mail-rcpt-allowfails dump-ca-embed sasl-ir tftp-no-options socks5-gssapi-nec`,
    values: `ftp-account ftp-alternative-to-user ftp-method ftp-port ftp-ssl-ccc-mode hostpubmd5
      hostpubsha256 krb login-options mail-auth mail-from mail-rcpt pubkey quote sasl-authzid
      ipfs-gateway knownhosts telnet-option tftp-blksize upload-flags delegation service-name proxy-service-name
      socks5-gssapi-service`,
  },
  {
    effect: 'told',
    why: 'Lifeline asks by HTTP/1.1 or HTTP/2',
    flags: 'http0.9 http1.0 http3 http3-only',
  },
  {
    effect: 'told',
    why: 'Lifeline follows redirects as browsers do',
    flags: 'location-trusted post301 post302 post303',
    values: 'max-redirs',
  },
  {
    effect: 'told',
    why: 'Lifeline takes addresses as the system gives them, of both families',
    flags: 'ipv4 ipv6',
    values: 'dns-interface dns-ipv4-addr dns-ipv6-addr dns-servers',
  },
  {
    effect: 'told',
    why: 'Lifeline opens its connections with the settings of the system',
    flags: 'tcp-fastopen mptcp',
    values: 'local-port ip-tos vlan-priority',
  },
  {
    effect: 'told',
    why: 'Lifeline negotiates TLS with its own lists',
    values: `ciphers tls13-ciphers curves sigalgs signature-algorithms tls-max proxy-ciphers
      proxy-tls13-ciphers ech`,
    flags: 'tls-earlydata proxy-tlsv1',
  },
  {
    effect: 'told',
    why: 'Lifeline decodes what is transferred, and asks for no transfer coding',
    flags: 'tr-encoding raw ignore-content-length',
  },
  {
    effect: 'told',
    why: 'Lifeline keeps no such file',
    values: 'hsts alt-svc etag-compare',
  },
  {
    effect: 'told',
    why: 'Lifeline limits what it records by itself',
    values: 'max-filesize',
  },
  {
    effect: 'told',
    why: 'Lifeline opens a tunnel through a proxy where it needs one',
    flags: 'proxytunnel haproxy-protocol proxy-http2',
    values: 'haproxy-clientip',
  },
  {
    effect: 'told',
    why: 'Lifeline escapes the names of a form as browsers do',
    flags: 'form-escape',
  },
  {
    effect: 'refused',
    why: 'Lifeline cannot do this authentication; it knows Basic, Digest and Bearer',
    flags: 'ntlm ntlm-wb negotiate anyauth',
    values: 'aws-sigv4 tlsuser tlspassword tlsauthtype',
  },
  {
    effect: 'refused',
    why: 'Lifeline cannot do this authentication with a proxy; it knows Basic',
    flags: 'proxy-digest proxy-ntlm proxy-negotiate proxy-anyauth socks5-gssapi',
    values: 'proxy-tlsuser proxy-tlspassword proxy-tlsauthtype',
  },
  {
    effect: 'refused',
    why: 'Lifeline does not read that file; write what it holds into the command',
    flags: 'netrc netrc-optional',
    values: 'netrc-file config',
  },
  {
    effect: 'refused',
    why: 'Lifeline watches one request at a time',
    flags: 'next',
  },
  {
    effect: 'refused',
    why: 'Lifeline cannot make that check, and the connection would be less safe without it',
    flags: 'cert-status doh-cert-status',
    values: 'pinnedpubkey proxy-pinnedpubkey crlfile proxy-crlfile',
  },
  {
    effect: 'refused',
    why: 'Lifeline cannot do what it asks curl for',
    flags: 'proxy-insecure doh-insecure sslv2 sslv3',
    values: `interface preproxy abstract-unix-socket request-target doh-url capath proxy-header
      proxy-cacert proxy-capath proxy-cert proxy-cert-type proxy-key proxy-key-type proxy-pass`,
  },
  {
    effect: 'refused',
    why: 'with it curl asks for nothing',
    flags: 'version manual',
    values: 'help',
  },
]

const letters = `X request H header d data G get A user-agent e referer b cookie c cookie-jar r range u user
  U proxy-user x proxy k insecure I head E cert m max-time T upload-file F form K config n netrc : next
  L location N no-buffer s silent S show-error v verbose i include f fail # progress-bar g globoff o output
  O remote-name J remote-header-name w write-out D dump-header q disable Z parallel R remote-time 0 http1.0
  1 tlsv1 2 sslv2 3 sslv3 4 ipv4 6 ipv6 Y speed-limit y speed-time a append B use-ascii C continue-at h help
  j junk-session-cookies l list-only M manual P ftp-port p proxytunnel Q quote t telnet-option V version
  z time-cond`

export interface CurlOptionRow {
  readonly takesValue: boolean
  readonly effect: OptionEffect
  readonly why: string
}

function names(text = ''): readonly string[] {
  return text.split(/\s+/).filter((name) => name !== '')
}

/** By the long name, without hyphens and without the `no-` of a flag that is turned off. */
export const curlOptions: ReadonlyMap<string, CurlOptionRow> = new Map<string, CurlOptionRow>(
  groups.flatMap(({ effect, why, flags, values }) => [
    ...names(flags).map((name) => [name, { takesValue: false, effect, why }] as const),
    ...names(values).map((name) => [name, { takesValue: true, effect, why }] as const),
  ]),
)

const pairs = names(letters)

/** The long name of each letter; `no-buffer` is that of `N`. */
export const curlLetters: ReadonlyMap<string, string> = new Map(
  pairs.flatMap((letter, i) => (i % 2 === 0 ? [[letter, pairs[i + 1] ?? ''] as const] : [])),
)
