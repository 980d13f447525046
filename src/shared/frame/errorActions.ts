// The actions that a timeline offers on an error or a notice: what each is called, and where it fits.

import type { ClientMethod, Method } from '../endpoint/endpoint.ts'
import type { ErrorAction } from './actionNames.ts'
import type { ErrorDetail, InsteadField } from './frame.ts'
import { otherUrl, sayUrl } from './otherUrl.ts'

/** What the session of a frame adds to it. */
export interface ActionFacts {
  readonly method: Method
  /** As it was written, references and all, without a password. */
  readonly url: string
  /** A profile of this window made it. */
  readonly hasProfile: boolean
  /** The fields that hold stored secrets: `auth.token`, `headers.X-Key`, `proxy`. */
  readonly secretFields: readonly string[]
  /** A saved capture: what it says of its server may come from anybody. */
  readonly isSaved: boolean
  /** Anything that looks like a credential goes with its requests. */
  readonly hasCredentials: boolean
}

/** The frame that an action is about, with what a view knows of it. */
export interface ActionPlace {
  readonly detail: Partial<ErrorDetail>
  /** The frame that holds what came; null where nothing did. */
  readonly cameSeq: number | null
  /** It is about a request beside the stream, not about the session's own connection. */
  readonly isBeside?: boolean
}

interface ActionRow {
  /** Its button; `…` where it asks before it does anything. */
  label(facts: ActionFacts, detail: Partial<ErrorDetail>): string
  /** One sentence for the documentation. */
  readonly meaning: string
  /** It has Lifeline connect, which in a tap is the program's to do. */
  readonly connects?: true
  /** Where it can do something. */
  fits(facts: ActionFacts, place: ActionPlace): boolean
}

const always = () => true

export const errorActions: Readonly<Record<ErrorAction, ActionRow>> = {
  trust: {
    label: () => 'Trust this certificate…',
    meaning: 'shows the certificate and, after a question, accepts it and no other.',
    // Whoever wrote a capture would choose whom to trust.
    fits: ({ isSaved }, { detail }) => !isSaved && detail.certificate !== undefined,
  },
  'enter-secret': {
    label: () => 'Enter the secret again…',
    meaning: 'asks for the stored secret that was refused, stores it and connects again.',
    fits: (facts, { detail }) => refusedSecrets(facts, detail).length > 0,
  },
  'add-credentials': {
    label: ({ hasCredentials }) =>
      hasCredentials ? 'Change the credentials…' : 'Add credentials…',
    meaning: 'asks for a token, a user name and password or a header, and connects with it.',
    connects: true,
    fits: (facts, { detail, isBeside }) =>
      !isBeside &&
      detail.fields?.includes('auth') === true &&
      refusedSecrets(facts, detail).length === 0,
  },
  'connect-as': {
    label: (_facts, { fits }) => `Connect as ${fits === undefined ? '…' : methodWords[fits]}`,
    meaning: 'connects to the same URL by the method that the answer shows to fit.',
    connects: true,
    fits: ({ method }, { detail, isBeside }) =>
      detail.fits !== undefined && detail.fits !== method && !isBeside,
  },
  'connect-to': {
    label: (facts, detail) => `Connect to ${sayUrl(otherUrl(facts, detail) ?? '…')}`,
    meaning:
      'connects to the URL that the error shows to be right, after a question where credentials would go to others or unprotected.',
    fits: (facts, { detail, isBeside }) => otherUrl(facts, detail) !== null && !isBeside,
  },
  'connect-with': {
    label: (_facts, { instead }) => (instead === undefined ? '…' : insteadWords(instead)),
    meaning:
      'connects again with the version of HTTP, or the format of a stream, that the answer shows to be right.',
    connects: true,
    fits: (_facts, { detail, isBeside }) => detail.instead !== undefined && !isBeside,
  },
  'change-url': {
    label: () => 'Change the URL…',
    meaning:
      'asks for the URL again, filled in, and connects to it with all else as it was; the URL of a profile is changed there.',
    fits: (_facts, { detail, isBeside }) => detail.fields?.includes('url') === true && !isBeside,
  },
  'use-free-port': {
    label: () => 'Listen on a free port',
    meaning: 'listens on any port that is free, this time; the profile keeps its own.',
    fits: ({ method, isSaved }) => method === 'tap' && !isSaved,
  },
  'show-what-came': {
    label: () => 'Show what came',
    meaning: 'selects the frame that holds the bytes.',
    fits: (_facts, { cameSeq }) => cameSeq !== null,
  },
  retry: {
    label: ({ isSaved }) => (isSaved ? 'Connect again' : 'Retry'),
    meaning: 'connects again at once.',
    connects: true,
    fits: (_facts, { isBeside }) => !isBeside,
  },
  'edit-profile': {
    label: ({ hasProfile }) => (hasProfile ? 'Edit profile' : 'Save as profile…'),
    meaning: 'opens the profile in the editor; an endpoint without one is saved as one first.',
    // A URL that is wrong is nothing to be saved.
    fits: ({ hasProfile }, { detail: { fields = [] }, isBeside }) =>
      hasProfile || (!isBeside && (fields.length === 0 || fields.some((field) => field !== 'url'))),
  },
  'raise-limit': {
    label: () => 'Change the limit…',
    meaning: 'asks for the largest size of a capture, stores it as a setting and connects again.',
    fits: always,
  },
  'choose-folder': {
    label: () => 'Choose folder…',
    meaning: 'asks for the folder of captures, stores it as a setting and connects again.',
    fits: always,
  },
  'keep-in-memory': {
    label: () => 'Keep in memory',
    meaning: 'connects without a file: the capture goes with the window, unless it is saved.',
    fits: ({ isSaved }) => !isSaved,
  },
  'show-log': {
    label: () => 'Show log',
    meaning: 'opens Lifeline’s log.',
    fits: always,
  },
}

function insteadWords({ field, value }: InsteadField): string {
  return field === 'stream' ? 'Read as an event stream' : `Connect by HTTP/${value}`
}

const methodWords: Readonly<Record<ClientMethod, string>> = {
  polling: 'polling',
  'long-polling': 'long polling',
  sse: 'an event stream',
  websocket: 'a WebSocket',
}

/** The fields with stored secrets that the error is about. */
export function refusedSecrets(
  { secretFields }: ActionFacts,
  { fields = [] }: Partial<ErrorDetail>,
): readonly string[] {
  return secretFields.filter((held) =>
    fields.some((field) => isWithin(held, field) || (field === 'auth' && isCredential(held))),
  )
}

/** Who asks may be said by other fields than `auth`. */
function isCredential(field: string): boolean {
  return ['auth', 'headers', 'query', 'url', 'body'].some((one) => isWithin(field, one))
}

/** `tls.passphrase` is within `tls`, and within itself. */
function isWithin(field: string, whole: string): boolean {
  return field === whole || field.startsWith(`${whole}.`) || field.startsWith(`${whole}[`)
}
