// The traffic of one session by purpose: what it brought, what was said, and what that took on the wire.

/** How many there were, and their sum. */
export interface Summed {
  readonly count: number
  readonly sum: number
}

/** Spans of time, in ms. With the sum of their squares, since whoever comes at any time meets the long ones more often. */
export interface Spans extends Summed {
  readonly squares: number
}

/** Bytes are those of payloads unless they say otherwise. */
export interface Usage {
  /** Epoch ms; null without frames. */
  readonly firstAt: number | null
  readonly lastAt: number | null
  /** Events, records and messages from the peer, and answers of polls that brought something new; of polling all but the first. */
  readonly news: Summed
  /** Of those, the compressed ones: what they took on the wire is less than their bytes. */
  readonly compressed: number
  /** What was sent later than a second after a connection had opened, and so is no subscription. */
  readonly spoken: Summed
  /** Messages that are no text, both ways. */
  readonly binary: number
  /** From something that was spoken to the next data from the peer, in ms. */
  readonly effects: Summed
  readonly requests: number
  /** Network connections that carried an answer. */
  readonly connections: number
  /** Both ways, framing and heads included. */
  readonly wireBytes: number
  /** Answers of polls that brought nothing new. */
  readonly emptyAnswers: Summed
  /** Bytes of heads, and of what frames the data. */
  readonly requestHeads: Summed
  readonly responseHeads: Summed
  readonly eventFraming: Summed
  /** Of WebSocket messages from the server. */
  readonly frameHeads: Summed
  /** Polling: from one good answer to the next. */
  readonly rounds: Spans
  /** Long polling: time in which no request was open. */
  readonly turns: Spans
  /** Long polling: how long answers without data were held, in ms. */
  readonly holds: Summed
  /** Between the comments of a stream, or the pings of a WebSocket, in ms. */
  readonly keepAlives: Summed
}
