// Parts of the schema of profiles that several fields have in common.

// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references and snippets as profiles and editors have them

import { tokenPattern } from '../../endpoint/httpSyntax.ts'

/** Part of a JSON schema, draft 7, with what VS Code adds. */
export type Schema = Readonly<Record<string, unknown>>

const reference = '\\$\\{[^{}]+\\}'

/** A pattern for a whole text that has this form, or holds a reference and is judged once that is resolved. */
export function openPattern(form: string): string {
  return `^(?:${form}|.*${reference}.*)$`
}

/** Part of a pattern: a text that holds a reference. */
export const openText = `.*${reference}.*`

/** A text that begins with this form, or with a reference. */
export const referenceStart = `[A-Za-z]*${reference}`

export const tokenOrOpen = openPattern(tokenPattern)

export const headerNameSchema: Schema = {
  pattern: tokenOrOpen,
  errorMessage: "A header's name has letters, digits and hyphens, no spaces or colons.",
}

export const headerValueSchema: Schema = {
  type: 'string',
  pattern: openPattern(
    '(?:[^\\x00-\\x20\\x7f](?:[^\\x00-\\x08\\x0a-\\x1f\\x7f]*[^\\x00-\\x20\\x7f])?)?',
  ),
  patternErrorMessage:
    "A header's value is one line without control characters and without space at its ends.",
}

/** Names with one value, or with a list of them. */
export function pairsSchema(name: Schema, value: Schema): Schema {
  return {
    type: 'object',
    propertyNames: name,
    additionalProperties: { anyOf: [value, { type: 'array', items: value }] },
  }
}

export const headersSchema: Schema = {
  ...pairsSchema(headerNameSchema, { $ref: '#/definitions/headerValue' }),
  defaultSnippets: [
    {
      label: 'Authorization with a secret',
      body: { Authorization: 'Bearer \\${secret:${1:token}\\}' },
    },
  ],
}

export const requestMethodSchema: Schema = {
  type: 'string',
  pattern: tokenOrOpen,
  patternErrorMessage: 'Write an HTTP request method such as GET or POST.',
  examples: ['GET', 'POST', 'PUT'],
}

/** No other properties than these, but what starts with `$`. */
export function objectSchema(properties: Schema, rest: Schema = {}): Schema {
  return {
    type: 'object',
    additionalProperties: false,
    patternProperties: { '^\\$': true },
    properties,
    ...rest,
  }
}

/** Each with what people read of it, as plain text. */
export function describedSchemas(
  texts: readonly {
    readonly name: string
    readonly meaning: string
    readonly note?: string
    readonly schema: Schema
  }[],
): Schema {
  return Object.fromEntries(
    texts.map(({ name, meaning, note, schema }) => {
      const plain = meaning.replaceAll('`', '')
      return [name, { description: note === undefined ? plain : `${plain} ${note}`, ...schema }]
    }),
  )
}

/** With times to choose from. */
export function durationSchema(...suggestions: readonly string[]): Schema {
  return {
    anyOf: [
      {
        type: 'string',
        pattern: '^(?=[^a-z]*[1-9])\\d+(\\.\\d+)?(ms|s|m|h)$',
        patternErrorMessage: 'Write a time above zero with its unit: 1500ms, 2s or 1m.',
      },
      { type: 'number', exclusiveMinimum: 0, description: 'Milliseconds.' },
    ],
    defaultSnippets: suggestions.map((time) => ({ label: time, body: time })),
  }
}

/** A time below the least interval. */
export const tooFastSchema: Schema = {
  anyOf: [
    { type: 'string', pattern: '^\\d{1,2}(\\.\\d+)?ms$' },
    { type: 'number', exclusiveMaximum: 100 },
  ],
}

export function ifSchema(condition: Schema, then: Schema, otherwise?: Schema): Schema {
  return { if: condition, then, ...(otherwise && { else: otherwise }) }
}

/** A rule for what has `field` with this value. */
export function whenSchema(field: string, value: string, then: Schema, otherwise?: Schema): Schema {
  const condition = { properties: { [field]: { const: value } }, required: [field] }
  return ifSchema(condition, then, otherwise)
}
