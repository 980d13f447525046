// The rule about messages that are too big for the peer.

import { formatSize } from '../../../../shared/text/units.ts'
import { serverCode } from '../shapes/connectionTrace.ts'
import { createEvidence, occurrences } from '../shapes/evidence.ts'
import { type Rule, rule } from '../shapes/rule.ts'
import { manual } from '../shapes/sources.ts'
import { webSocketThresholds } from '../shapes/thresholds.ts'
import { sizeWords, spanWords } from '../shapes/words.ts'

const { gatewayBytes, justBeforeMs } = webSocketThresholds

const tooBig = rule({
  id: 'ws-1009',
  title: 'A message was too big for the peer.',
  speaks: `The server closed with 1009: a fault. A message of ours of ${sizeWords(gatewayBytes)} or more went out within ${spanWords(justBeforeMs)} before a WebSocket was lost without a close frame: a hint.`,
  why: 'The message is lost, and the connection with it. Gateways have lower limits than servers: 32 KiB a frame and 128 KiB a message at API Gateway.',
  source: manual(
    'API Gateway quotas',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html',
  ),
  advice: 'Send it in parts, or by HTTP, or raise the limit of server and gateway.',
  kinds: ['message'],
  create() {
    const closed = createEvidence()
    const lost = createEvidence()
    let [large, largeSeq, largeAt] = [0, 0, 0]
    let bytes = 0
    return {
      add({ frame, seq }) {
        if (frame.direction !== 'out') return
        large = frame.sizeBytes
        largeSeq = seq
        largeAt = frame.at
      },
      ended(connection) {
        const { endAt, endSeq, end } = connection
        const isJustBefore =
          largeSeq > (connection.request?.seq ?? 0) && endAt - largeAt <= justBeforeMs
        const last = isJustBefore ? [largeSeq] : []
        if (serverCode(connection) === 1009) {
          closed.add(...last, endSeq)
          bytes = isJustBefore ? large : 0
        } else if (
          end.kind === 'error' &&
          end.code === 'ws-abnormal-closure' &&
          isJustBefore &&
          large >= gatewayBytes
        ) {
          lost.add(...last, endSeq)
          bytes = large
        }
      },
      finding() {
        const isClosed = closed.count > 0
        const seen = isClosed ? closed : lost
        if (seen.count === 0) return null
        const after = bytes > 0 ? ` shortly after a message of ${formatSize(bytes)}` : ''
        return {
          severity: isClosed ? 'fault' : 'hint',
          ...(!isClosed && { title: 'A large message may have been too big for the peer.' }),
          sentence: isClosed
            ? `The server closed with 1009${after}.`
            : `The connection was lost${after}.`,
          proof: seen.proof(),
          figure: occurrences(seen.count),
        }
      },
    }
  },
})

export const tooBigRules: readonly Rule[] = [tooBig]
