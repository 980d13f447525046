// Names and addresses of this machine, which no name server and no proxy is asked for.

/** Where `localhost` leads, in the order in which it is tried. */
export const loopbackAddresses = [
  { address: '::1', family: 6 },
  { address: '127.0.0.1', family: 4 },
] as const

/**
 * Whether a URL's host is this machine: `localhost` and every name below it, a dot at the end or not, and the addresses.
 * [rfc6761] 6.3, [rfc1122] 3.2.1.3, [rfc4291] 2.5.3
 */
export function isLoopback(hostname: string): boolean {
  return isLoopbackName(hostname) || /^(?:\[::1\]|127\.\d+\.\d+\.\d+)$/.test(hostname)
}

/** The same of names alone. */
export function isLoopbackName(hostname: string): boolean {
  return /(?:^|\.)localhost\.?$/i.test(hostname)
}
