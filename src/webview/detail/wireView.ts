// The Wire tab: what a WebSocket frame was on the wire, its fragments, and what the handshake agreed.

import { html, nothing, type TemplateResult } from 'lit'
import type { Frame, FrameOf } from '../../shared/frame/frame.ts'
import { headerValue } from '../../shared/frame/headerFields.ts'
import { opcodeNames, opcodes, rsvWords } from '../../shared/frame/webSocketDetail.ts'
import { shownLimits } from '../../shared/limits.ts'
import type { Handshake } from '../../shared/session/related.ts'
import { formatCount, formatSize } from '../../shared/text/units.ts'
import { visibleLine } from '../../shared/text/visibleText.ts'
import type { Fact } from './facts/fact.ts'

/** Kinds of frames that are WebSocket frames, or messages made of them. */
const webSocketKinds: ReadonlySet<Frame['kind']> = new Set([
  'message',
  'fragment',
  'ping',
  'pong',
  'close',
])

/** Fragments in the table at the most. */
const shownFragments = 200

export function hasWireTab(frame: Frame): boolean {
  return webSocketKinds.has(frame.kind)
}

/** What the tab says, a name and a value a line. `handshake` null: not read, or there was none. */
export function wireFacts(frame: Frame, handshake: Handshake | null): readonly Fact[] {
  return [
    { name: 'Opcode', value: opcodeWords(frame) },
    ...fragmentFacts(frame),
    { name: 'Mask', value: maskWords(frame) },
    ...rsvFacts(frame),
    { name: 'On the wire', value: wireWords(frame) },
    ...deflateFacts(frame),
    ...handshakeFacts(handshake),
  ]
}

/** `fragments`: those of a message that came in several. */
export function wireView(
  frame: Frame,
  handshake: Handshake | null,
  fragments: readonly FrameOf<'fragment'>[],
): TemplateResult {
  return html`<dl class="facts wire-facts">${wireFacts(frame, handshake).map(
    ({ name, value }) =>
      html`<dt>${name}</dt><dd>${visibleLine(value, shownLimits.valueChars)}</dd>`,
  )}</dl>
    ${fragments.length === 0 ? nothing : fragmentTable(fragments)}`
}

function fragmentTable(fragments: readonly FrameOf<'fragment'>[]): TemplateResult {
  const shown = fragments.slice(0, shownFragments)
  const rest = fragments.length - shown.length
  return html`<table class="fragments" aria-label="Fragments">
      <thead><tr><th scope="col">Fragment</th><th scope="col">Frame</th><th scope="col">Opcode</th><th scope="col">Bits</th><th scope="col">Payload</th><th scope="col">Wire</th></tr></thead>
      <tbody>${shown.map(
        (
          frame,
        ) => html`<tr><td>${frame.detail.index}</td><td>#${formatCount(frame.seq)}</td><td>${opcodeNames[frame.detail.opcode] ?? frame.detail.opcode}</td>
          <td>${[frame.detail.fin ? 'FIN' : '', rsvWords(frame.detail.rsv)].filter((bit) => bit !== '').join(' ')}</td>
          <td>${formatSize(frame.sizeBytes)}</td><td>${formatSize(frame.wireBytes)}</td></tr>`,
      )}</tbody>
    </table>
    ${rest > 0 ? html`<p class="sentence">And ${formatCount(rest)} more.</p>` : nothing}`
}

function opcodeWords(frame: Frame): string {
  const opcode = opcodeOf(frame)
  if (opcode === null) return ''
  return [opcode, opcodeNames[opcode] ?? 'reserved'].join(' · ')
}

function opcodeOf(frame: Frame): number | null {
  switch (frame.kind) {
    case 'fragment':
      return frame.detail.opcode
    case 'message':
      return opcodes[frame.detail.type]
    case 'close':
    case 'ping':
    case 'pong':
      return opcodes[frame.kind]
    default:
      return null
  }
}

function fragmentFacts(frame: Frame): readonly Fact[] {
  if (frame.kind === 'message') {
    const { fragments } = frame.detail
    return [{ name: 'Fragments', value: fragments === 1 ? '1' : formatCount(fragments) }]
  }
  if (frame.kind !== 'fragment') return []
  const { index, fin } = frame.detail
  return [{ name: 'Fragment', value: `${formatCount(index)}${fin ? ' · FIN, the last one' : ''}` }]
}

/** A client masks every frame and a server none. [rfc6455] 5.1 */
function maskWords(frame: Frame): string {
  const masked = 'masked' in frame.detail ? frame.detail.masked : frame.direction === 'out'
  return masked ? 'masked' : 'not masked'
}

function rsvFacts(frame: Frame): readonly Fact[] {
  if (frame.kind === 'fragment') {
    return [{ name: 'RSV bits', value: rsvWords(frame.detail.rsv) || 'none' }]
  }
  if (frame.kind !== 'message') return []
  return [{ name: 'RSV bits', value: frame.detail.compressed ? 'RSV1 · compressed' : 'none' }]
}

/** All bytes that are not payload belong to heads: of the frame, or of each of its fragments. */
function wireWords(frame: Frame): string {
  const { sizeBytes, wireBytes } = frame
  const whole = formatSize(wireBytes)
  const deflated = frame.kind === 'message' && frame.detail.compressed
  const framing = wireBytes - sizeBytes
  if (deflated || framing <= 0) return whole
  return `${whole} · ${formatSize(framing)} of it framing`
}

function deflateFacts(frame: Frame): readonly Fact[] {
  if (frame.kind !== 'message') return []
  if (!frame.detail.compressed) return [{ name: 'Deflate', value: 'not compressed' }]
  const { sizeBytes, wireBytes } = frame
  if (wireBytes === 0) return []
  const ratio = (sizeBytes / wireBytes).toFixed(1)
  return [
    {
      name: 'Deflate',
      value: `${ratio} : 1 · ${formatSize(sizeBytes)} as ${formatSize(wireBytes)}`,
    },
  ]
}

function handshakeFacts(handshake: Handshake | null): readonly Fact[] {
  if (!handshake) return []
  const { request, response } = handshake
  const offered = headerValue(request?.detail.headers ?? [], 'sec-websocket-extensions') ?? ''
  const agreed = headerValue(response.detail.headers, 'sec-websocket-extensions') ?? ''
  const offeredProtocols =
    headerValue(request?.detail.headers ?? [], 'sec-websocket-protocol') ?? ''
  const protocol = headerValue(response.detail.headers, 'sec-websocket-protocol') ?? ''
  const facts: Fact[] = [
    { name: 'Extensions offered', value: offered || 'none' },
    { name: 'Extensions agreed', value: agreed || 'none' },
  ]
  if (offeredProtocols !== '') facts.push({ name: 'Subprotocols offered', value: offeredProtocols })
  if (offeredProtocols !== '' || protocol !== '') {
    facts.push({ name: 'Subprotocol agreed', value: protocol || 'none' })
  }
  return facts
}
