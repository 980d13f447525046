// Rules about the messages of a WebSocket: their sizes, fragments and compression.

import { headerValue } from '../../../../shared/frame/headerFields.ts'
import { formatCount, formatSize } from '../../../../shared/text/units.ts'
import { createDistribution } from '../../numbers/distribution.ts'
import { createEvidence, proofOf } from '../shapes/evidence.ts'
import { type Rule, rule } from '../shapes/rule.ts'
import { manual, ours } from '../shapes/sources.ts'
import { webSocketThresholds } from '../shapes/thresholds.ts'
import { percent, plural, sizeWords } from '../shapes/words.ts'

const { fragments, largeBytes, deflate } = webSocketThresholds
const wsReadme = manual('ws', 'https://github.com/websockets/ws#websocket-compression')

const pointlessFragments = rule({
  id: 'ws-fragments',
  title: 'Small messages come in fragments.',
  speaks: `At least ${percent(fragments.share)} of ${fragments.messages} or more messages from the server are below ${sizeWords(fragments.belowBytes)} and come in ${fragments.least} or more frames: a hint.`,
  why: 'Each frame has a head and a read of its own; fragments are for what is not known whole.',
  source: ours,
  advice:
    'Send each small message in one frame; look at the writer’s buffer, or at a proxy that splits.',
  kinds: ['message'],
  create() {
    const seen = createEvidence()
    let messages = 0
    return {
      add({ frame, seq }) {
        if (frame.direction !== 'in') return
        messages++
        const isSmall = frame.sizeBytes < fragments.belowBytes
        if (isSmall && frame.detail.fragments >= fragments.least) seen.add(seq)
      },
      finding() {
        const share = seen.count / Math.max(1, messages)
        if (messages < fragments.messages || share < fragments.share) return null
        return {
          severity: 'hint',
          sentence: `${formatCount(seen.count)} of ${plural(messages, 'message', 'messages')} came in ${fragments.least} or more frames, each below ${sizeWords(fragments.belowBytes)} in all.`,
          proof: seen.proof(),
          figure: { measured: share, threshold: fragments.share, unit: 'share' },
        }
      },
    }
  },
})

const large = rule({
  id: 'ws-large',
  title: 'Messages are large.',
  speaks: `A message is larger than ${sizeWords(largeBytes.hint)}: a hint, larger than ${sizeWords(largeBytes.risk)}: a risk.`,
  why: 'Nothing else passes on the connection until it is through, pings neither, and gateways and servers have limits.',
  source: manual('ws, maxPayload', 'https://github.com/websockets/ws/blob/master/doc/ws.md'),
  advice: 'Send it in parts, or a URL from which it can be fetched by HTTP.',
  kinds: ['message'],
  create() {
    const seen = createEvidence()
    let largest = 0
    return {
      add({ frame, seq }) {
        if (frame.sizeBytes <= largeBytes.hint) return
        largest = Math.max(largest, frame.sizeBytes)
        seen.add(seq)
      },
      finding() {
        if (seen.count === 0) return null
        const isRisk = largest > largeBytes.risk
        return {
          severity: isRisk ? 'risk' : 'hint',
          sentence: `${plural(seen.count, 'message', 'messages')} had more than ${sizeWords(largeBytes.hint)}, the largest ${formatSize(largest)}.`,
          proof: seen.proof(),
          figure: {
            measured: largest,
            threshold: isRisk ? largeBytes.risk : largeBytes.hint,
            unit: 'bytes',
          },
        }
      },
    }
  },
})

const useless = rule({
  id: 'ws-deflate-useless',
  title: 'Compression saves nothing here.',
  speaks: `${deflate.messages} or more messages from the server were compressed, and took ${percent(deflate.ratio)} of their size or more, or half of them have less than ${deflate.smallBytes} B: a hint.`,
  why: 'Both sides keep memory for permessage-deflate on each connection, some hundred kilobytes, and take time for each message.',
  source: wsReadme,
  advice: 'Turn permessage-deflate off, or compress only messages above a size.',
  kinds: ['message'],
  create() {
    const sizes = createDistribution()
    let [first, last, bytes, wire] = [0, 0, 0, 0]
    return {
      add({ frame, seq }) {
        if (frame.direction !== 'in' || !frame.detail.compressed) return
        if (first === 0) first = seq
        last = seq
        sizes.add(frame.sizeBytes, seq)
        bytes += frame.sizeBytes
        wire += frame.wireBytes
      },
      finding() {
        const size = sizes.result()
        if (size === null || size.count < deflate.messages) return null
        const ratio = wire / Math.max(1, bytes)
        const isSmall = size.p50 < deflate.smallBytes
        if (ratio < deflate.ratio && !isSmall) return null
        return {
          severity: 'hint',
          sentence: `${plural(size.count, 'compressed message', 'compressed messages')} took ${percent(ratio)} of their size; half of them have ${formatSize(size.p50)} or less.`,
          proof: proofOf(first, last),
          figure: { measured: ratio, threshold: deflate.ratio, unit: 'share' },
        }
      },
    }
  },
})

const missing = rule({
  id: 'ws-deflate-missing',
  title: 'Much JSON comes uncompressed.',
  speaks: `${formatSize(deflate.missingBytes)} or more of text messages in JSON came over a WebSocket to which compression was offered and which has none: a hint.`,
  why: 'JSON that repeats its names often shrinks to a fifth or a tenth.',
  source: wsReadme,
  advice:
    'Weigh permessage-deflate with a limited window, where bytes cost more than memory and time.',
  kinds: ['response', 'message'],
  create() {
    const seen = createEvidence()
    let bytes = 0
    return {
      add({ frame, seq, start, connection }) {
        if (frame.kind === 'response') {
          const { purpose, headers, status } = frame.detail
          const asked = connection.request?.detail.headers ?? []
          const name = 'sec-websocket-extensions'
          const isPlain =
            purpose === 'handshake' && status === 101 && headerValue(headers, name) === null
          if (isPlain && headerValue(asked, name) !== null) seen.add(seq)
          return
        }
        const isJson = start?.[0] === 0x7b || start?.[0] === 0x5b
        if (seen.count > 0 && isJson && frame.direction === 'in' && !frame.detail.compressed)
          bytes += frame.sizeBytes
      },
      finding: () =>
        bytes < deflate.missingBytes
          ? null
          : {
              severity: 'hint',
              sentence: `${formatSize(bytes)} of JSON came uncompressed, though compression was offered.`,
              proof: seen.proof(),
              figure: { measured: bytes, threshold: deflate.missingBytes, unit: 'bytes' },
            },
    }
  },
})

export const messageRules: readonly Rule[] = [pointlessFragments, large, useless, missing]
