// Detail of the frames of HTTP/2 that carry no message: about a connection, or about one of its streams.

/** A frame of HTTP/2 but DATA and heads; of the wire layer. Payload: its start. [rfc9113] 6 */
export interface ControlDetail {
  /** `SETTINGS`, `PING`; `type 0x42` of one that has no name. */
  readonly type: string
  /** 0: about the connection. */
  readonly streamId: number
  /** Acknowledges one of the peer's. */
  readonly ack?: true
  /** What it says, in words; empty where it says nothing. */
  readonly says: string
  readonly truncatedAt?: number
}

/** `SETTINGS ACK`, `RST_STREAM stream 5 CANCEL`. */
export function controlWords({ type, streamId, ack, says }: ControlDetail): string {
  const about = streamId === 0 ? '' : `stream ${streamId}`
  return [type, ack ? 'ACK' : '', about, says].filter((part) => part !== '').join(' ')
}
