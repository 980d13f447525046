// An answer that waits for its verdict: what it says, and what it becomes.

import { RpcError } from '../../../shared/calls/rpc.ts'
import { checkFieldValue, isToken } from '../../../shared/endpoint/httpSyntax.ts'
import type { ResponseDetail } from '../../../shared/frame/httpDetail.ts'
import type { HeldContent } from '../../../shared/session/tapHolds.ts'
import { latin1, latin1Bytes } from '../../../shared/text/latin1.ts'
import type { NamedValues } from '../../../shared/text/namedValues.ts'
import type { AnswerText } from '../../protocols/http/answerHead.ts'
import { isBodiless } from '../../protocols/http/bodyLength.ts'
import { fieldBytes, fieldText } from '../../protocols/http/fieldBytes.ts'
import { createReferenceFiller } from '../../session/fillReferences.ts'
import type { Asking, Replacement } from './asking.ts'

export interface AnswerFacts extends Pick<Asking, 'seq' | 'connection' | 'frames'> {
  readonly text: AnswerText
  /** Of its request. */
  readonly method: string
  /** The body as on the wire. */
  readonly wire: Uint8Array
  /** The same without framing and codings. */
  readonly content: Uint8Array
  /** As its frame was recorded, secrets replaced. */
  readonly recorded: { readonly detail: ResponseDetail; readonly payload: Uint8Array | null }
  /** As the tap changes it on the way. */
  readonly changes: NonNullable<ResponseDetail['changes']>
}

type AnswerContent = Extract<HeldContent, { kind: 'answer' }>

interface Field {
  readonly name: string
  /** A character for each byte. */
  readonly value: string
  readonly shown: string
}

export function heldAnswer(facts: AnswerFacts): Asking {
  const { text, method, wire, content, recorded, seq, connection, frames } = facts
  const all = fieldsOf(facts)
  const fields = all.filter(({ name }) => !isFraming(name))
  const framing = all.filter(({ name }) => isFraming(name))
  const wasBodiless = isBodiless(method, text.status)
  const shown: AnswerContent = {
    ...{ kind: 'answer', status: text.status, reason: recorded.detail.statusText },
    fields: fields.map((field) => [field.name, field.shown] as const),
    ...(wasBodiless
      ? { body: null, bodiless: true }
      : { body: textOf(recorded.payload ?? nothing) }),
  }

  function fill(wanted: string): string {
    const filler = createReferenceFiller('it stands nowhere in what was held')
    filler.learn(latin1(recorded.payload ?? nothing), latin1(content))
    for (const field of fields) filler.learn(fieldBytes(field.shown), field.value)
    return filler.fill(wanted)
  }

  /** Those that stand there as they were shown keep their values. */
  function filled(wanted: NamedValues): NamedValues {
    const left = [...fields]
    return wanted.map(([name, value]) => {
      const at = left.findIndex((field) => field.name === name && field.shown === value)
      const [same] = at < 0 ? [] : left.splice(at, 1)
      return [name, same?.value ?? fill(fieldBytes(value))] as const
    })
  }

  function written(
    wanted: AnswerContent,
  ): Pick<Replacement, 'payload' | 'sizeBytes'> & { head: NamedValues; body: Uint8Array } {
    const kept = filled(wanted.fields)
    if (isBodiless(method, wanted.status)) {
      const length = method === 'HEAD' ? framing.map(pairOf) : []
      return { head: [...kept, ...length], body: nothing, payload: nothing, sizeBytes: 0 }
    }
    if (wanted.body === shown.body && !wasBodiless) {
      const payload = recorded.payload ?? nothing
      const sizeBytes = content.length
      return { head: [...kept, ...framing.map(pairOf)], body: wire, payload, sizeBytes }
    }
    const payload = new TextEncoder().encode(wanted.body ?? '')
    const body = latin1Bytes(fill(latin1(payload)))
    const sizeBytes = body.length
    return { head: [...kept, ['Content-Length', String(sizeBytes)]], body, payload, sizeBytes }
  }

  function replacement(wanted: AnswerContent): Replacement | null {
    const words = differences(shown, wanted)
    if (words.length === 0) return null
    check(wanted)
    const { head, body, payload, sizeBytes } = written(wanted)
    const reason = wanted.reason === shown.reason ? text.statusText : fieldBytes(wanted.reason)
    const lines = [
      `HTTP/${text.httpVersion} ${wanted.status} ${reason}`,
      ...head.map(([name, value]) => `${name}: ${value}`),
    ]
    const start = latin1Bytes(`${lines.join('\r\n')}\r\n\r\n`)
    return { wire: Buffer.concat([start, body]), payload, sizeBytes, words: words.join(', ') }
  }

  return {
    ...{ kind: 'answer', seq, connection, frames },
    bytes: wire.length + content.length + (recorded.payload?.length ?? 0),
    isRemembered: false,
    rewritten: () => null,
    content: () => shown,
    changed(wanted) {
      if (wanted.kind !== 'answer') throw new RpcError('bad-change', 'An answer is held.')
      return replacement(wanted)
    },
  }
}

/** In the order of the head that goes on. */
function fieldsOf({ text, recorded, changes }: AnswerFacts): readonly Field[] {
  const left = changes.map((change, at) => ({ change, shown: recorded.detail.changes?.[at]?.to }))
  return text.headers.map(([name, value], at) => {
    const found = left.findIndex(
      ({ change }) => change.name === name && change.from === fieldText(value),
    )
    const [changed] = found < 0 ? [] : left.splice(found, 1)
    if (changed === undefined) return { name, value, shown: recorded.detail.headers[at]?.[1] ?? '' }
    return { name, value: fieldBytes(changed.change.to ?? ''), shown: changed.shown ?? '' }
  })
}

function differences(before: AnswerContent, after: AnswerContent): readonly string[] {
  const words: string[] = []
  if (before.status !== after.status) words.push(`status ${before.status} → ${after.status}`)
  if (before.reason !== after.reason) words.push('the reason')
  if (JSON.stringify(before.fields) !== JSON.stringify(after.fields)) words.push('its fields')
  if (before.body !== after.body) words.push('its body')
  return words
}

function check({ status, reason, fields }: AnswerContent): void {
  if (status < 200 || status > 999) throw refusal('The status of an answer is 200 to 999.')
  if (checkFieldValue(reason) !== null) throw refusal('The reason is no text for a head.')
  for (const [name, value] of fields) {
    if (!isToken(name)) throw refusal('The name of a field has a character that none may have.')
    if (isFraming(name)) throw refusal(`${name} follows from the body: leave it out.`)
    const mistake = checkFieldValue(value)
    if (mistake !== null) throw refusal(`${name}: ${mistake}`)
  }
}

function refusal(message: string): RpcError {
  return new RpcError('bad-change', message)
}

const framingNames = /^(?:content-length|transfer-encoding|content-encoding|trailer)$/i

function isFraming(name: string): boolean {
  return framingNames.test(name)
}

function pairOf({ name, value }: Field): NamedValues[number] {
  return [name, value]
}

/** Null for what is no text. */
function textOf(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return null
  }
}

const nothing = new Uint8Array(0)
