// The frames of a stream that is not SSE: its records, and what clients ignore.

import { share } from '../../../shared/frame/share.ts'
import type { RecordDetail } from '../../../shared/frame/streamDetail.ts'
import { tooLarge } from '../../protocols/http/httpFault.ts'
import type { RecordFormat, RecordItem } from '../../protocols/stream/recordItems.ts'
import { createRecordParser } from '../../protocols/stream/records.ts'
import type { StreamParser } from '../../protocols/stream/streamParser.ts'
import { cutAt, type StreamOptions, type StreamSink } from './streamSink.ts'

export function createRecordsParser(
  format: RecordFormat,
  sink: StreamSink,
  { limits, onTooLarge }: Pick<StreamOptions, 'limits' | 'onTooLarge'>,
): StreamParser {
  // Of all records alike.
  const whole: RecordDetail = share({ format })

  function handleItem(item: RecordItem): void {
    switch (item.kind) {
      case 'record':
        handleRecord(item)
        return
      case 'ignored':
        sink.ignored(item.why, item.data, item.wireBytes)
        if (item.why === 'outside-record') sink.stray(item.data)
        return
      case 'invalid-utf8':
        sink.notUtf8(item.data)
        return
      case 'too-large':
        onTooLarge(tooLarge('One record of the stream', limits.messageBytes))
    }
  }

  function handleRecord({ text, flaw, wireBytes }: RecordItem & { kind: 'record' }): void {
    const cut = cutAt(text, limits)
    const plain = flaw === undefined && cut.truncatedAt === undefined
    const detail = plain ? whole : { format, ...(flaw && { flaw }), ...cut }
    // The inner lines of JSON that stands on several may be JSON, too.
    const sound = flaw === undefined && !(sink.tally.hasStray && isIndented(text))
    sink.counted(sound)
    if (flaw === 'cut-short') sink.unfinished(text)
    else if (!sound) sink.stray(text)
    sink.frame('record', detail, text, wireBytes)
  }

  return createRecordParser(format, { maxBytes: limits.messageBytes, onItem: handleItem })
}

function isIndented(text: Uint8Array): boolean {
  return text[0] === 0x20 || text[0] === 0x09
}
