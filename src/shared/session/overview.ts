// The overview of a session: frames, bytes and errors by spans of time, and the times without a connection.

/** Bins of one length, in order of time: the first begins at `startAt`. Each list has a value for each bin. */
export interface Overview {
  /** Epoch ms of the first frame; null before it. */
  readonly startAt: number | null
  /** Epoch ms of the last frame. */
  readonly endAt: number | null
  /** It doubles when a session outgrows the bins. */
  readonly binMs: number
  /** Frames that crossed the wire, those of the wire layer left out. */
  readonly framesIn: Uint32Array
  readonly framesOut: Uint32Array
  /** Of their payloads. */
  readonly bytesIn: Float64Array
  readonly bytesOut: Float64Array
  /** Frames of kind `error`. */
  readonly errors: Uint32Array
  /** The first frame of whatever kind; 0 where there is none. */
  readonly firstSeq: Uint32Array
  /** In order of time. */
  readonly outages: readonly Outage[]
}

/** A time in which a connection was waited for: from the loss of one to the first answer on the next. */
export interface Outage {
  /** Epoch ms. */
  readonly fromAt: number
  /** Epoch ms; null while it lasts. */
  readonly untilAt: number | null
  /** The frame that tells of the loss. */
  readonly seq: number
  /** Of the error; null where the connection ended as it should. */
  readonly code: string | null
  /** Of a WebSocket that was lost: 1006. */
  readonly closeCode: number | null
  /** How many there are; near ones are told as one where there are many. */
  readonly count: number
}
