// Turns the refusal of a SOCKS proxy, as the library words it, into plain words. [rfc1928] 6, [rfc1929] 2

const unreached: Readonly<Record<string, string>> = {
  ConnectionRefused: 'nothing accepts connections there',
  HostUnreachable: 'the proxy finds no route to that host',
  NetworkUnreachable: 'the proxy finds no route to that network',
  NotAllowed: 'the proxy’s rules do not allow it',
  TTLExpired: 'the route is too long',
}

/** A sentence about the proxy at `proxy`; null when the message is not a SOCKS proxy's. */
export function socksWords(message: string, proxy: string, host: string): string | null {
  if (/^Socks5 Authentication failed/.test(message)) {
    return `The proxy ${proxy} did not accept the user name and password.`
  }
  if (/no accepted authentication type/.test(message)) {
    return `The proxy ${proxy} wants a user name and password, or others than it got.`
  }
  if (/invalid socks version|invalid Socks4 handshake/i.test(message)) {
    return `What is at ${proxy} does not speak this version of SOCKS.`
  }
  const [, reason = ''] =
    /^Socks[45] proxy rejected connection(?: - \(?(\w+)\)?)?/i.exec(message) ?? []
  if (!/^Socks[45] proxy rejected connection/i.test(message)) return null
  return `The proxy ${proxy} did not reach ${host}: ${unreached[reason] ?? 'it gives no reason'}.`
}
