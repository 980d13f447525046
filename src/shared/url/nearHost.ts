// Tells whether a host is this machine or on its network, as far as the URL tells.

import { addressGroups } from './addressBits.ts'

// [rfc6761] 6.3, [rfc6762] 3 and appendix G, [rfc8375]; clouds answer under `.internal` as well.
const nearNames =
  /\.(?:localhost|localdomain|local|internal|intranet|private|corp|home|lan|home\.arpa)$/

/** Address ranges by their first bytes: [rfc1122] 3.2.1.3, [rfc1918] 3, [rfc6598] 7, [rfc3927] 2.1. */
const nearIpv4: readonly (readonly [bits: number, first: number, second: number])[] = [
  [8, 0, 0],
  [8, 10, 0],
  [10, 100, 64],
  [8, 127, 0],
  [16, 169, 254],
  [12, 172, 16],
  [16, 192, 168],
]

/**
 * `hostname` as `URL` has it for `http:`, which writes an address in one form only. Loopback, link-local (where
 * clouds tell a machine its credentials) and private addresses, their IPv6 forms, and names that only such have.
 * A public name may still resolve to such an address; only the name server knows.
 */
export function isNearHost(hostname: string): boolean {
  const host = hostname.toLowerCase().replace(/\.$/, '')
  if (host.startsWith('[')) return isNearIpv6(addressGroups(host.slice(1, -1)))
  if (/^\d+(?:\.\d+){3}$/.test(host)) {
    const [first = 0, second = 0] = host.split('.').map(Number)
    return isNearIpv4(first, second)
  }
  return !host.includes('.') || nearNames.test(host)
}

function isNearIpv4(first: number, second: number): boolean {
  const bits = first * 256 + second
  return nearIpv4.some(([length, one, two]) => {
    const rest = 16 - length
    return bits >> rest === (one * 256 + two) >> rest
  })
}

function isNearIpv6(groups: readonly number[]): boolean {
  const [first = 0, second = 0, third = 0] = groups
  // [rfc4193] 3.1, [rfc4291] 2.5.6 and 2.5.7
  if (first >> 9 === 0xfc >> 1 || first >> 6 === 0xfe80 >> 6 || first >> 6 === 0xfec0 >> 6) {
    return true
  }
  // [rfc3056] 2, [rfc6052] 2.1, [rfc8215]: an IPv4 address in another place.
  if (first === 0x2002) return isNearIpv4(second >> 8, second & 255)
  if (first === 0x64 && second === 0xff9b) return third === 1 || holdsNear(groups)
  // [rfc4291] 2.5.2 to 2.5.5, [rfc2765] 2.1: `::`, `::1` and IPv4 behind nothing but zeros and `ffff`.
  return groups.slice(0, 4).every((group) => group === 0) && holdsNear(groups)
}

/** Of the IPv4 address at the end. */
function holdsNear(groups: readonly number[]): boolean {
  const group = groups[6] ?? 0
  return isNearIpv4(group >> 8, group & 255)
}
