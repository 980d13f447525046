// Says in words why an answer is no event stream.

import { lastValue } from '../../../shared/frame/headerFields.ts'
import type { NamedValues } from '../../../shared/text/namedValues.ts'
import { cutText } from '../../../shared/text/visibleText.ts'
import type { Fault } from '../fault.ts'
import { statusHint, statusWords } from '../http/statusFault.ts'
import { beginsEventStream } from './eventStreamStart.ts'
import { fittingMethod } from './fittingMethod.ts'
import { isGood } from './streamFormat.ts'

interface RefusingHead {
  readonly status: number
  /** What the status means by the standard. */
  readonly reason: string
  readonly headers: NamedValues
  /** What came of its body. */
  readonly body: Uint8Array
  /** Credentials went with the request. */
  readonly credentials: boolean
}

const formats = '"stream" (sse, ndjson, json-seq, json-array, multipart, text)'

const likeOne =
  'The body begins like an event stream: to read it as one all the same, name the format, "stream": "sse".'

/** Only for an answer that opens no event stream. */
export function sseRefusal(head: RefusingHead): Fault {
  const { status, reason, headers, body } = head
  const isLikeOne = isGood({ status }) && beginsEventStream(body) === true
  const instead = { field: 'stream', value: 'sse' } as const
  const hint = { advice: likeOne, fields: ['stream'], instead }
  const fits = isLikeOne ? {} : fittingMethod('stream', head)
  if (status !== 200) {
    return {
      code: 'sse-bad-status',
      message: `The server answered ${statusWords(status, reason)}; an event stream comes with 200.`,
      ...(isLikeOne ? hint : statusHint(status, head)),
      ...fits,
    }
  }
  const type = lastValue(headers, 'content-type')
  // Its parameters decide nothing.
  const essence = type?.split(';', 1)[0]?.trim() ?? ''
  const came = essence === '' ? 'names no content type' : `is ${cutText(essence, 200)}`
  return {
    code: 'sse-wrong-content-type',
    message: `The answer ${came}; an event stream is text/event-stream.`,
    ...(isLikeOne
      ? hint
      : {
          advice: `Check the path in the URL, watch this endpoint by polling, or name its format in ${formats} of the profile.`,
          fields: ['url', 'stream', 'method'],
        }),
    ...fits,
  }
}
