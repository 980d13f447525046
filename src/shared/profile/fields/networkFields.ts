// Fields of how a server is reached: `timeout`, `proxy`.

import { checkResolvedUrl } from '../../endpoint/checks/checkUrl.ts'
import { methods, plainMethod } from '../../endpoint/methods.ts'
import { formatDuration } from '../../text/duration.ts'
import { isProxyUrl, writtenProxy } from '../../url/proxyUrl.ts'
import { textOption } from '../shapes/fieldOption.ts'
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

const proxyForms = 'a proxy’s URL such as http://proxy.example:8080 or socks5://proxy.example:1080.'

export const proxyField = propertyField('proxy', {
  name: 'proxy',
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
