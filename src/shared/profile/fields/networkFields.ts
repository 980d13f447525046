// Fields of how a server is reached: `timeout`, `firstByteTimeout`, `silenceTimeout`, `httpVersion`, `proxy`.

import { checkResolvedUrl } from '../../endpoint/checks/checkUrl.ts'
import type { Endpoint } from '../../endpoint/endpoint.ts'
import { methods, plainMethod, sessionMethods } from '../../endpoint/methods.ts'
import { formatDuration } from '../../text/duration.ts'
import { isProxyUrl, writtenProxy } from '../../url/proxyUrl.ts'
import { textOption } from '../shapes/fieldOption.ts'
import { choiceShape, durationShape } from '../shapes/fieldShapes.ts'
import { propertyField } from '../shapes/profileField.ts'
import { durationSchema, openPattern } from '../shapes/schemaShapes.ts'

export const timeoutField = propertyField('timeoutMs', {
  name: 'timeout',
  meaning:
    'How long an answer may take; for a stream and a WebSocket, its head. Default: `30s`, long polling `90s`, which is longer than servers and proxies commonly hold a request, so that you see their time limit and not Lifeline’s.',
  schema: durationSchema('30s', '90s'),
  neutral: methods[plainMethod].defaultTimeoutMs,
  read: (read, { method }) =>
    read.duration('timeout') ?? methods[method ?? plainMethod].defaultTimeoutMs,
  format(ms, { method }) {
    return ms === methods[method].defaultTimeoutMs ? undefined : formatDuration(ms)
  },
  options: [textOption('timeout', 'duration', 'how long an answer may take', ['timeout'])],
})

const versions: readonly Endpoint['httpVersion'][] = ['auto', '1.1', '2']

export const httpVersionField = propertyField('httpVersion', {
  name: 'httpVersion',
  methods: ['polling', 'long-polling', 'sse'],
  elsewhere: '1.1',
  meaning:
    'The version of HTTP: `1.1`, or `2` alone, which needs no TLS then. Default: `auto`, HTTP/2 where the server chooses it on TLS, HTTP/1.1 elsewhere.',
  ...choiceShape('httpVersion', versions, 'auto', {
    auto: 'HTTP/2 where the server chooses it on TLS, HTTP/1.1 elsewhere.',
    '1.1': 'HTTP/1.1 alone.',
    '2': 'HTTP/2 alone; in the clear the server has to know it without being asked.',
  }),
  options: [
    textOption(
      'http-version',
      'version',
      'auto, 1.1 or 2 (default: auto, HTTP/2 where the server chooses it on TLS)',
      ['httpVersion'],
    ),
  ],
})

export const firstByteTimeoutField = propertyField('firstByteTimeoutMs', {
  name: 'firstByteTimeout',
  meaning:
    'How long the first byte of an answer may take once the request has been sent, where that is to be shorter than `timeout`.',
  ...durationShape('firstByteTimeout', '2s', '10s'),
  options: [
    textOption('first-byte-timeout', 'duration', 'how long the first byte of an answer may take', [
      'firstByteTimeout',
    ]),
  ],
})

export const silenceTimeoutField = propertyField('silenceTimeoutMs', {
  name: 'silenceTimeout',
  meaning:
    'How long an answer, a stream or an open WebSocket may be silent, not a byte coming: then the connection counts as lost. Default: for ever.',
  ...durationShape('silenceTimeout', '30s', '1m'),
  options: [
    textOption('silence-timeout', 'duration', 'how long a stream or an answer may be silent', [
      'silenceTimeout',
    ]),
  ],
})

const proxyForms = 'a proxy’s URL such as http://proxy.example:8080 or socks5://proxy.example:1080.'

export const proxyField = propertyField('proxy', {
  name: 'proxy',
  methods: sessionMethods,
  meaning:
    '`auto` (default): what VS Code’s settings or the environment say. `none`: direct. Or the URL of a proxy, `host:port` for short: `http:`, `https:`, `socks4:`, `socks5:` or `socks5h:` (the proxy resolves names).',
  schema: {
    type: 'string',
    pattern: openPattern(
      'auto|none|[^\\s/?#@:]+:\\d{1,5}|(?:[Hh][Tt][Tt][Pp][Ss]?|[Ss][Oo][Cc][Kk][Ss](?:4[Aa]?|5[Hh]?)?)://[^\\s/?#].*',
    ),
    patternErrorMessage: `Write auto, none or ${proxyForms}`,
    examples: ['auto', 'none', 'http://proxy.example:8080', 'socks5://proxy.example:1080'],
  },
  neutral: 'auto',
  read: (read) => read.text('proxy') ?? 'auto',
  mapText: (proxy, map) => map(proxy, 'proxy', { kind: 'url', as: 'proxy' }),
  check({ proxy }, { open, report }) {
    if (!open(proxy)) report('proxy', checkProxy(proxy))
  },
  options: [
    textOption(
      'proxy',
      'proxy',
      'auto, none, host:port, an http: or a socks5: URL (default: auto, which reads HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY; this machine is always reached directly)',
      ['proxy'],
    ),
  ],
})

const wrongProxy = `Write "auto", "none" or ${proxyForms}`

function checkProxy(proxy: string): string | null {
  if (proxy === 'auto' || proxy === 'none') return null
  // Without a scheme nothing but a host and a port, or a password would be taken for a port.
  if (!/^(?:[^\s/?#@:[\]]+|\[[^\]]*\]):\d+$|:\/\//.test(proxy)) return wrongProxy
  const url = writtenProxy(proxy)
  const asHttp = url.replace(/^socks[^:]*/i, 'http')
  return isProxyUrl(url) && checkResolvedUrl(asHttp) === null ? null : wrongProxy
}
