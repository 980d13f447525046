// The frames of a body of several parts, each part a record, and what stands outside of them.

import type { RecordDetail } from '../../../shared/frame/streamDetail.ts'
import { tooLarge } from '../../protocols/http/httpFault.ts'
import { createMultipartParser, type MultipartItem } from '../../protocols/stream/multipart.ts'
import type { StreamParser } from '../../protocols/stream/streamParser.ts'
import { cutAt, type StreamOptions, type StreamSink } from './streamSink.ts'

export function createPartsParser(
  sink: StreamSink,
  { limits, boundary, onTooLarge }: Pick<StreamOptions, 'limits' | 'boundary' | 'onTooLarge'>,
): StreamParser {
  let hasParts = false

  function handleItem(item: MultipartItem): void {
    switch (item.kind) {
      case 'part':
        handlePart(item)
        return
      case 'ignored':
        sink.ignored(item.why, item.data, item.wireBytes)
        // [rfc2046] 5.1.1: around the parts text may stand that nobody reads. Without any part it is the answer.
        if (item.why === 'outside-record' && !hasParts) sink.stray(item.data)
        return
      case 'too-large':
        onTooLarge(tooLarge('One part of the body', limits.messageBytes))
    }
  }

  function handlePart({
    headers,
    body,
    cutShort,
    wireBytes,
  }: MultipartItem & { kind: 'part' }): void {
    const detail: RecordDetail = {
      format: 'multipart',
      headers,
      ...(cutShort && { flaw: 'cut-short' as const }),
      ...cutAt(body, limits),
    }
    hasParts = true
    sink.counted(true)
    if (cutShort) sink.unfinished(body)
    sink.frame('record', detail, body, wireBytes)
  }

  return createMultipartParser(boundary, { maxBytes: limits.messageBytes, onItem: handleItem })
}
