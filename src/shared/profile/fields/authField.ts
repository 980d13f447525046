// The field `auth`: the credentials of each request.

// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references and snippets as profiles and editors have them

import { checkAuth } from '../../endpoint/checks/checkAuth.ts'
import type { Auth } from '../../endpoint/endpoint.ts'
import { parseLogin } from '../../text/login.ts'
import type { Entry, FieldOption } from '../shapes/fieldOption.ts'
import type { FieldReader } from '../shapes/fieldReader.ts'
import { propertyField } from '../shapes/profileField.ts'
import { headerNameSchema, objectSchema, type Schema, whenSchema } from '../shapes/schemaShapes.ts'
import type { MapText } from '../shapes/textRole.ts'

const authTypes = ['bearer', 'basic', 'digest', 'apiKey'] as const

const authParts: Readonly<Record<Auth['type'], readonly string[]>> = {
  bearer: ['token'],
  basic: ['user', 'password'],
  digest: ['user', 'password'],
  apiKey: ['in', 'name', 'value'],
}

const partSchemas: Readonly<Record<string, Schema>> = {
  token: { type: 'string', minLength: 1, description: 'bearer: the token.' },
  user: {
    type: 'string',
    pattern: '^(?:[^:]*|.*\\$\\{[^{}]+\\}.*)$',
    patternErrorMessage: 'A user name has no colon.',
    description: 'basic, digest: the user’s name.',
  },
  password: { type: 'string', description: 'basic, digest: the password.' },
  in: { enum: ['header', 'query'], description: 'apiKey: where the key goes.' },
  name: {
    type: 'string',
    minLength: 1,
    description: 'apiKey: the header’s or the query parameter’s name.',
  },
  value: { type: 'string', minLength: 1, description: 'apiKey: the key.' },
}

const typeSchema: Schema = {
  enum: authTypes,
  enumDescriptions: [
    'A token in the header Authorization.',
    'User name and password in the header Authorization.',
    'User name and password as a digest, once the server asks for one.',
    'A key in a header or a query parameter of its own.',
  ],
  description: 'How the credential is sent.',
}

export const authField = propertyField('auth', {
  name: 'auth',
  meaning: 'Who asks. Keep credentials out of the file: `${secret:name}`.',
  section: 'Auth',
  schema: objectSchema(
    { type: typeSchema, ...partSchemas },
    {
      required: ['type'],
      allOf: [
        ...authTypes.map((type) => whenSchema('type', type, onlyParts(authParts[type]))),
        whenSchema('in', 'header', { properties: { name: headerNameSchema } }),
      ],
      defaultSnippets: [
        snippet('Bearer token', { type: 'bearer', token: '\\${secret:${1:token}\\}' }),
        snippet('User and password', {
          type: 'basic',
          user: '${1:user}',
          password: '\\${secret:${2:password}\\}',
        }),
        snippet('User and password as a digest', {
          type: 'digest',
          user: '${1:user}',
          password: '\\${secret:${2:password}\\}',
        }),
        snippet('API key in a header', keySnippet('header', 'X-API-Key')),
        snippet('API key in the query', keySnippet('query', 'key')),
      ],
    },
  ),
  neutral: null,
  read: readAuth,
  mapText: (auth, map) => auth && mapAuth(auth, map),
  check(endpoint, { open, report }) {
    if (endpoint.auth) checkAuth(endpoint, endpoint.auth, open, report)
  },
  options: [
    authOption('bearer', 'token', 'send the token in the header Authorization', {
      problems: ['auth.token'],
      read: (token) => ({ type: 'bearer', token }),
      form: 'with a token',
    }),
    authOption(
      'user',
      "'name:password'",
      'send user name and password in the header Authorization',
      {
        problems: ['auth.user', 'auth.password'],
        read: (written) => readUser(written, 'basic'),
        form: "as 'name:password'",
      },
    ),
    authOption(
      'digest',
      "'name:password'",
      'answer with a digest of user name and password when the server asks for one',
      {
        // Those of --user stand for them.
        problems: [],
        read: (written) => readUser(written, 'digest'),
        form: "as 'name:password'",
      },
    ),
    authOption('api-key', 'place', 'send a key: header:<Name>=<key> or query:<name>=<key>', {
      problems: ['auth.name', 'auth.value'],
      read: readApiKey,
      form: "as 'header:Name=key' or 'query:name=key'",
    }),
  ],
})

function onlyParts(parts: readonly string[]): Schema {
  const others = Object.keys(partSchemas).filter((name) => !parts.includes(name))
  return {
    required: parts,
    properties: Object.fromEntries(others.map((name) => [name, false])),
  }
}

function snippet(label: string, body: Schema): Schema {
  return { label, body }
}

function keySnippet(place: 'header' | 'query', name: string): Schema {
  return { type: 'apiKey', in: place, name: `\${1:${name}}`, value: '\\${secret:${2:key}\\}' }
}

/** Null without the field, and when a part that it needs is missing or wrong. */
function readAuth(read: FieldReader): Auth | null {
  const auth = read.object('auth', '{ "type": "bearer", "token": "${secret:token}" }')
  if (!auth) return null
  if (!auth.has('type'))
    auth.report('type', 'Add a "type": "bearer", "basic", "digest" or "apiKey".')
  const type = auth.choice('type', authTypes)
  if (!type) return null
  auth.reportUnknown(['type', ...authParts[type]], `"auth" of type ${type}`)
  for (const part of authParts[type]) {
    if (!auth.has(part)) auth.report(part, `Add "${part}": auth of type ${type} needs it.`)
  }
  const part = (name: string) => auth.text(name) ?? ''
  switch (type) {
    case 'bearer':
      return { type, token: part('token') }
    case 'basic':
    case 'digest':
      return { type, user: part('user'), password: part('password') }
    case 'apiKey': {
      const place = auth.choice('in', ['header', 'query'] as const) ?? 'header'
      return { type, in: place, name: part('name'), value: part('value') }
    }
  }
}

function mapAuth(auth: Auth, map: MapText): Auth {
  switch (auth.type) {
    case 'bearer': {
      const token = map(auth.token, 'auth.token', { kind: 'credential', as: 'auth-token' })
      return { ...auth, token }
    }
    case 'basic':
    case 'digest': {
      const user = map(auth.user, 'auth.user', { kind: 'plain' })
      const role = { kind: 'credential', as: 'auth-password' } as const
      return { ...auth, user, password: map(auth.password, 'auth.password', role) }
    }
    case 'apiKey': {
      const name = map(auth.name, 'auth.name', { kind: 'plain' })
      const role = { kind: 'credential', as: 'auth-key' } as const
      return { ...auth, name, value: map(auth.value, 'auth.value', role) }
    }
  }
}

interface AuthForm {
  readonly problems: readonly string[]
  read(value: string): Entry | null
  /** How the option is to be written. */
  readonly form: string
}

function authOption(
  name: string,
  value: string,
  meaning: string,
  { problems, read, form }: AuthForm,
): FieldOption {
  return {
    name,
    value,
    meaning,
    problems,
    put(entry, written) {
      if (entry.auth !== undefined) {
        return 'Use one of --bearer, --user, --digest and --api-key: each gives the credentials.'
      }
      const auth = read(written)
      if (auth === null) return `Write --${name} ${form}.`
      entry.auth = auth
      return null
    },
  }
}

function readUser(written: string, type: 'basic' | 'digest'): Entry | null {
  const login = parseLogin(written)
  return login && { type, ...login }
}

function readApiKey(written: string): Entry | null {
  const [, place, name, value] = /^(header|query):([^=]+)=(.+)$/s.exec(written) ?? []
  return place === undefined ? null : { type: 'apiKey', in: place, name, value }
}
