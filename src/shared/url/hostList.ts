// Lists of hosts that are reached without a proxy, as `NO_PROXY` and the setting `http.noProxy` write them.

import { addressBits } from './addressBits.ts'

/**
 * Whether an entry means this host, `hostname` as `URL` has it: `*`, a name with every name below it (`example.com`,
 * `.example.com`, `*.example.com`), an address, a range (`10.0.0.0/8`, `fd00::/8`). Each but a range with `:port` or without.
 */
export function isListed(entry: string, hostname: string, port: string): boolean {
  const host = withoutDot(hostname.toLowerCase())
  const text = entry.trim().toLowerCase()
  const range = /^(.+)\/(\d+)$/.exec(text)
  if (range) return isInRange(host, canonical(range[1] ?? ''), Number(range[2]))
  // The colons of a bare IPv6 address begin no port.
  const bracketed = /^[^[]*:.*:/.test(text) ? `[${text}]` : text
  const [, written = '', only] = /^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(bracketed) ?? []
  if (only !== undefined && only !== port) return false
  if (written === '*') return true
  const name = canonical(written.replace(/^\*?\./, ''))
  return name !== '' && (host === name || host.endsWith(`.${name}`))
}

function isInRange(host: string, start: string, length: number): boolean {
  const bits = addressBits(host)
  const range = addressBits(start)
  if (bits === null || range === null || bits.length !== range.length) return false
  return length <= bits.length && bits.slice(0, length) === range.slice(0, length)
}

/** As `URL` writes it: one form of an address, names beyond ASCII as they are asked for. Empty for what is no host. */
function canonical(text: string): string {
  const url = `http://${/^[^[].*:/.test(text) || text.startsWith('::') ? `[${text}]` : text}/`
  return URL.canParse(url) ? withoutDot(new URL(url).hostname) : ''
}

function withoutDot(host: string): string {
  return host.replace(/\.$/, '')
}
