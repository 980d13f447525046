// The bits of IP addresses, to compare their first ones.

/** `0` and `1`, 32 or 128 of them; null for a name. `hostname` as `URL` has it for `http:`, which writes an address in one form only. */
export function addressBits(hostname: string): string | null {
  if (hostname.startsWith('[')) return bitsOf(addressGroups(hostname.slice(1, -1)), 16)
  return /^\d+(?:\.\d+){3}$/.test(hostname) ? bitsOf(hostname.split('.').map(Number), 8) : null
}

function bitsOf(numbers: readonly number[], width: number): string {
  return numbers.map((number) => number.toString(2).padStart(width, '0')).join('')
}

/** The eight groups of an IPv6 address. */
export function addressGroups(address: string): readonly number[] {
  const [start = [], end = []] = address
    .split('::')
    .map((side) => side.split(':').filter((group) => group !== ''))
  const zeros = Array<string>(Math.max(0, 8 - start.length - end.length)).fill('0')
  return [...start, ...zeros, ...end].map((group) => Number.parseInt(group, 16))
}
