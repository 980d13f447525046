// The name of an application protocol as people know it.

const names: Readonly<Record<string, string>> = { 'json-rpc': 'JSON-RPC 2.0' }

/** `decoder`: a decoder's name; one of another version of Lifeline stays as it is. */
export function protocolName(decoder: string): string {
  return names[decoder] ?? decoder
}
