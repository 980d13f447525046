// The operation of a GraphQL request: its kind and its name. [graphql] spec 2.3 Operations

import { decodeLimits } from '../../../shared/limits.ts'
import { isRecord, own } from '../../../shared/unknown.ts'
import { type JsonObject, ownText } from '../packets/jsonMessage.ts'
import { shortJson } from '../packets/shortJson.ts'

export interface GraphQlOperation {
  readonly kind: 'query' | 'mutation' | 'subscription'
  /** Of an operation without a name that of its first field. */
  readonly name: string | null
}

/** What a request asks for: in the payload of a message, or in the body of a POST. */
export interface GraphQlRequest {
  readonly operation: GraphQlOperation | null
  readonly name: string | null
  /** Whether its document selects fields, as an operation has to. [graphql] spec 2.3 */
  readonly selects: boolean
  /** `subscription {id: 7}`: the kind, and the variables where there are some. */
  readonly summary: string | undefined
}

/** Null where it is no request: it has neither a document nor a persisted one. */
export function readGraphQlRequest(payload: unknown): GraphQlRequest | null {
  if (!isRecord(payload)) return null
  const query = ownText(payload, 'query')
  const wanted = ownText(payload, 'operationName') ?? null
  // Persisted documents: [graphql-over-http] and Apollo name them by a hash.
  if (query === undefined && !isPersisted(payload)) return null
  const operation = query === undefined ? null : readOperation(query, wanted)
  const variables = own(payload, 'variables')
  const hasVariables = isRecord(variables) && Object.keys(variables).length > 0
  const words = [
    operation?.kind,
    hasVariables && shortJson(variables, decodeLimits.summaryChars),
  ].filter((word) => typeof word === 'string')
  return {
    operation,
    name: wanted ?? operation?.name ?? null,
    selects: query?.includes('{') ?? false,
    summary: words.length === 0 ? undefined : words.join(' '),
  }
}

/** Whether its document is surely one: other protocols have queries of their own. */
export function isOperation({ operation, selects }: GraphQlRequest): boolean {
  return selects && operation !== null && operation.name !== null
}

function isPersisted(payload: JsonObject): boolean {
  const extensions = own(payload, 'extensions')
  const persisted = isRecord(extensions) ? own(extensions, 'persistedQuery') : undefined
  return persisted !== undefined || ownText(payload, 'documentId') !== undefined
}

/** A string without its end goes to the end of the document: each character is looked at once. */
const tokens =
  /#[^\n\r]*|"""(?:[^"]|"(?!""))*(?:""")?|"(?:\\.|[^"\\\n])*"?|[_A-Za-z][_0-9A-Za-z]*|\.\.\.|[{}()[\]:@]/g
const kinds: ReadonlySet<string> = new Set(['query', 'mutation', 'subscription', 'fragment'])

/** The operation of that name, or the first one. Null where there is none. */
export function readOperation(document: string, wanted: string | null): GraphQlOperation | null {
  const reader = createDocumentReader(wanted)
  for (const [token] of document.matchAll(tokens)) {
    const found = reader.push(token)
    if (found) return found
  }
  return reader.end()
}

interface Definition {
  readonly kind: string
  name: string | null
  field: string | null
}

function createDocumentReader(wanted: string | null) {
  let depth = 0
  let previous = ''
  let current: Definition | null = null
  let isSelecting = false

  /** The one that was begun, if it is the one that is wanted. */
  function end(): GraphQlOperation | null {
    if (current === null || current.kind === 'fragment') return null
    if (wanted !== null && current.name !== wanted) return null
    return {
      kind: current.kind as GraphQlOperation['kind'],
      name: current.name ?? current.field,
    }
  }

  function readName(name: string): void {
    if (depth === 0 && kinds.has(name) && current === null) {
      current = { kind: name, name: null, field: null }
    } else if (depth === 0 && current !== null && previous === current.kind) {
      current.name ??= name
    } else if (depth === 1 && isSelecting && current !== null && isField(name)) {
      current.field ??= name
    }
  }

  /** `...Fragment` and `... on Type` are no fields. */
  function isField(name: string): boolean {
    return previous !== '...' && previous !== 'on' && previous !== '@' && name !== 'on'
  }

  function open(bracket: string): void {
    if (depth === 0 && bracket === '{') {
      current ??= { kind: 'query', name: null, field: null }
      isSelecting = true
    }
    depth++
  }

  function push(token: string): GraphQlOperation | null {
    const before = current
    if (/^[{([]/.test(token)) open(token)
    else if (/^[})\]]/.test(token)) {
      depth = Math.max(0, depth - 1)
      if (depth === 0 && isSelecting) {
        const found = end()
        isSelecting = false
        current = null
        if (found) return found
      }
    } else if (token === ':' && depth === 1 && isSelecting && before?.field === previous) {
      // What stood there was an alias.
      before.field = null
    } else if (/^[_A-Za-z]/.test(token)) readName(token)
    previous = token
    return null
  }

  return { push, end }
}

/** `Cannot query field "x" and 2 more`, of a list of errors or of one; undefined where none has a message. */
export function graphQlErrorWords(errors: unknown): string | undefined {
  const list: readonly unknown[] = Array.isArray(errors) ? errors : [errors]
  const [first] = list
  const message = isRecord(first) ? ownText(first, 'message') : undefined
  if (message === undefined || list.length === 1) return message
  return `${message} and ${list.length - 1} more`
}
