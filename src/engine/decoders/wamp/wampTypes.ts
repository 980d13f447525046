// The message types of WAMP, and at which places of a message its parts stand. [wamp] 3.1, 3.4

export interface WampType {
  readonly name: string
  /** The place of the request's ID. */
  readonly id?: 1
  /** The place of the URI that is called, published to or subscribed to. */
  readonly uri?: 1 | 3
  /** The place of the ID of a subscription or a registration, which stands for a URI, and of which it is. */
  readonly of?: 1 | 2
  readonly stands?: 'subscription' | 'registration'
  /** The place of the options or the details. */
  readonly options?: 1 | 2 | 3
  /** The place of the arguments, behind which those with names stand. */
  readonly args?: 3 | 4
  /** It waits for an answer, unless it is one. */
  readonly asks?: true
  /** One with the ID of one that is open is more of it. [wamp] 11.3.4 */
  readonly parts?: true
  /** The type that it answers. */
  readonly answers?: number
  /** The type that it calls off. */
  readonly cancels?: number
  /** What it answers made this ID, at place 2, stand for its URI. */
  readonly makes?: 'subscription' | 'registration'
  readonly control?: true
}

/** Asks only where its options say so. */
export const publishType = 16
/** Stands for no type of its own: what failed is at place 1. */
export const errorType = 8

export const wampTypes: Readonly<Record<number, WampType>> = {
  1: { name: 'HELLO', uri: 1, options: 2, asks: true, control: true },
  2: { name: 'WELCOME', options: 2, answers: 1, control: true },
  3: { name: 'ABORT error', options: 1, answers: 1, control: true },
  4: { name: 'CHALLENGE', options: 2, control: true },
  5: { name: 'AUTHENTICATE', options: 2, control: true },
  // The second one answers the first. [wamp] 4.2
  6: { name: 'GOODBYE', options: 1, asks: true, answers: 6, control: true },
  [publishType]: { name: 'PUBLISH', id: 1, options: 2, uri: 3, args: 4 },
  17: { name: 'PUBLISHED', id: 1, answers: publishType },
  32: { name: 'SUBSCRIBE', id: 1, options: 2, uri: 3, asks: true },
  33: { name: 'SUBSCRIBED', id: 1, answers: 32, makes: 'subscription' },
  34: { name: 'UNSUBSCRIBE', id: 1, of: 2, stands: 'subscription', asks: true },
  35: { name: 'UNSUBSCRIBED', id: 1, options: 2, answers: 34 },
  36: { name: 'EVENT', of: 1, stands: 'subscription', options: 3, args: 4 },
  48: { name: 'CALL', id: 1, options: 2, uri: 3, args: 4, asks: true, parts: true },
  49: { name: 'CANCEL', id: 1, options: 2, cancels: 48 },
  50: { name: 'RESULT', id: 1, options: 2, args: 3, answers: 48 },
  64: { name: 'REGISTER', id: 1, options: 2, uri: 3, asks: true },
  65: { name: 'REGISTERED', id: 1, answers: 64, makes: 'registration' },
  66: { name: 'UNREGISTER', id: 1, of: 2, stands: 'registration', asks: true },
  67: { name: 'UNREGISTERED', id: 1, options: 2, answers: 66 },
  68: {
    ...{ name: 'INVOCATION', id: 1, of: 2, stands: 'registration', options: 3, args: 4 },
    ...{ asks: true, parts: true },
  },
  69: { name: 'INTERRUPT', id: 1, options: 2, cancels: 68 },
  70: { name: 'YIELD', id: 1, options: 2, args: 3, answers: 68 },
}
