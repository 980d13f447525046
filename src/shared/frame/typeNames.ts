// The fields in which messages say of which type they are.

/** The first of these that is a word tells one kind of message from another. */
export const typeNames: readonly string[] = [
  'type',
  'event',
  'kind',
  'op',
  'action',
  'method',
  'cmd',
  'e',
  't',
  'topic',
  'channel',
]

const word = /^[\p{L}_$@][\w.:/@$-]{0,59}$/u

export function isTypeWord(text: string): boolean {
  return word.test(text)
}

/** The word of a message for its type; null where it has none. */
export function typeWord(message: Readonly<Record<string, unknown>>): string | null {
  for (const name of typeNames) {
    const value = Object.hasOwn(message, name) ? message[name] : undefined
    if (typeof value === 'string' && isTypeWord(value)) return value
  }
  return null
}
