// A session whose peer writes invisible characters and endless lines wherever it has a say.

import type { Frame } from '../../../src/shared/frame/frame.ts'
import { sampleFrames } from '../samples/sampleFrames.ts'
import type { SampleRow } from '../samples/sampleRows.ts'
import { unseenCharacters } from '../samples/unseenCharacters.ts'
import { wireLayer } from '../samples/wireLayer.ts'
import { fromRows, type Scene } from './scene.ts'

/** Every invisible character of the first plane, and some of the others. */
function joinUnseen(): string {
  return [
    ...unseenCharacters().filter((one) => one.length === 1 && !/\p{Cs}/u.test(one)),
    ...['\u{1d173}', '\u{e0001}', '\u{e0041}', '\u{e01f0}', '\u{e0fff}'],
  ].join('')
}

/** Fields of frames that hold what a peer or a profile says; the others hold words of ours. */
const peersFields =
  /^(?:url|target|statusText|httpVersion|remoteAddress|proxy|socketPath|lastEventId|reason|message|advice|cause|redirectTo|contentEncoding|from|to)$/

/** A copy in which all that a peer may have said holds all those characters, and runs on. */
function withUnseen(value: unknown, unseen: string, name = '', ofPeer = false): unknown {
  if (typeof value === 'string') {
    return ofPeer || peersFields.test(name) ? `${value}${unseen}${'x'.repeat(60_000)}` : value
  }
  if (Array.isArray(value)) {
    return value.map((one: unknown) => withUnseen(one, unseen, name, ofPeer || name === 'headers'))
  }
  if (typeof value !== 'object' || value === null) return value
  const fields = Object.entries(value).map(([field, held]) => {
    const all = ofPeer || field === 'difference' || field === 'headers' || field === 'trailers'
    return [field, withUnseen(held, unseen, field, all)]
  })
  return Object.fromEntries(fields)
}

/** A row of every kind, of each method's samples and of the wire layer. */
export function unseenScene(): Scene {
  const unseen = joinUnseen()
  const samples = [...Object.values(sampleFrames).flat(), ...wireLayer]
  const kinds = new Map(samples.map((row) => [row.frame.kind, row]))
  const rows = [...kinds.values()].map(({ frame }, index): SampleRow => {
    const text = `{"a${unseen.slice(32)}": "b"}`
    const payload = new TextEncoder().encode(index % 2 === 0 ? text : `plain ${unseen.slice(1)}`)
    const made = { ...frame, seq: index + 1, replyTo: index === 0 ? null : index } as Frame
    const detail = withUnseen(frame.detail, unseen) as Frame['detail']
    return {
      frame: { ...made, detail, sizeBytes: payload.length } as Frame,
      preview: unseen,
      payload: () => payload,
    }
  })
  const scene = fromRows('websocket', `ws://localhost/${unseen}`, rows)
  return { ...scene, name: `Name ${unseen}${'x'.repeat(60_000)}`, state: 'ended' }
}
