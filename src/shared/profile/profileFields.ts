// The table of the fields of a profile entry, in the order in which people read them.

import type { Endpoint, Method } from '../endpoint/endpoint.ts'
import { allMethods } from '../endpoint/methods.ts'
import { methodField, queryField, urlField } from './fields/addressFields.ts'
import { authField } from './fields/authField.ts'
import { compressionField } from './fields/compressionField.ts'
import { cursorField } from './fields/cursorField.ts'
import { decodeField } from './fields/decodeField.ts'
import { filtersField } from './fields/filtersField.ts'
import { messagesField, repeatField, sendField } from './fields/messageFields.ts'
import {
  firstByteTimeoutField,
  httpVersionField,
  proxyField,
  silenceTimeoutField,
  timeoutField,
} from './fields/networkFields.ts'
import { pairField } from './fields/pairField.ts'
import {
  allowFasterThan100msField,
  changeField,
  intervalField,
  jitterField,
} from './fields/pollingFields.ts'
import { protobufField } from './fields/protobufField.ts'
import { reconnectField } from './fields/reconnectField.ts'
import {
  bodyField,
  bodyFileField,
  cookiesField,
  headersField,
  requestField,
} from './fields/requestFields.ts'
import { requestsField } from './fields/requestsField.ts'
import { showField } from './fields/showField.ts'
import { streamField } from './fields/streamField.ts'
import { tapField } from './fields/tapField.ts'
import { tlsField } from './fields/tlsField.ts'
import { autoPongField, pingIntervalField, subprotocolsField } from './fields/webSocketFields.ts'
import type { FieldText, ProfileField } from './shapes/profileField.ts'

const table = [
  urlField,
  methodField,
  tapField,
  queryField,
  requestField,
  headersField,
  authField,
  cookiesField,
  bodyField,
  bodyFileField,
  subprotocolsField,
  sendField,
  repeatField,
  compressionField,
  autoPongField,
  pingIntervalField,
  intervalField,
  allowFasterThan100msField,
  jitterField,
  changeField,
  timeoutField,
  firstByteTimeoutField,
  silenceTimeoutField,
  cursorField,
  streamField,
  decodeField,
  pairField,
  protobufField,
  reconnectField,
  httpVersionField,
  tlsField,
  proxyField,
  requestsField,
  messagesField,
  showField,
  filtersField,
] as const

export const profileFields: readonly ProfileField<never>[] = table

/** Whether a profile with this method may have it. */
export function isFor({ methods = allMethods }: ProfileField<never>, method: Method): boolean {
  return methods.includes(method)
}

/** The list of profiles has it; an endpoint has no name. */
export const nameField: FieldText = {
  name: 'name',
  meaning: 'What the list of profiles shows. Each name once in a file.',
  schema: {
    type: 'string',
    pattern: '\\S',
    patternErrorMessage: 'Write a name: it is what the list of profiles shows.',
  },
}

/** Every field of a profile entry. */
export const fieldNames: readonly string[] = [nameField, ...table].map(({ name }) => name)

type FieldRow = (typeof table)[number]

/** The properties of an endpoint that rows fill; `Endpoint` does not take them where one is missing. */
type Filled = FieldRow extends infer R
  ? R extends ProfileField<infer P, never>
    ? P
    : never
  : never
type Neutral = FieldRow extends infer R
  ? R extends ProfileField<infer _, infer N>
    ? N
    : never
  : never

/** Puts together what each row has for its properties. */
export function fillEndpoint(
  part: (field: ProfileField<never>) => Partial<Endpoint>,
): Pick<Endpoint, Filled> {
  return Object.assign({}, ...profileFields.map(part))
}

/** Puts together what each property is when nobody asks for anything. */
export function fillNeutral(): Pick<Endpoint, Neutral> {
  return Object.assign({}, ...profileFields.map(({ neutral }) => neutral))
}
