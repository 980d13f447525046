// A packet: what a decoder made of a frame, or of a part of it, in the words of an application protocol.

/** Whom it concerns: the program, the connection's upkeep, or nobody but the watch over the connection. */
export type PacketLevel = 'app' | 'control' | 'heartbeat'

/** One packet of a frame. A packet that came in several frames stands at the last of them. */
export interface Packet {
  /** The decoder's name, such as `json-rpc`. */
  readonly protocol: string
  /** In the protocol's words: `request`, `SUBSCRIBE` … One that ends with `error`, in any case, says that what was asked for failed. */
  readonly type: string
  /** The method or the event; an answer has the name of its request. */
  readonly name?: string
  /** What pairs it with others, as the protocol writes it: the id `1` is another one than `"1"`. */
  readonly key?: string
  /** The content in short, `{city: "Oslo"}`; of an error its message. */
  readonly summary?: string
  /** The path of the content in the frame's JSON, `$.params`, `$[3].result`; absent where it does not stand in one. */
  readonly body?: string
  readonly level: PacketLevel
  /** Sequence number of the frame that it answers, and the time since that one. */
  readonly answers?: number
  readonly latencyMs?: number
  /** It waits for an answer. */
  readonly asks?: true
  /** Sequence number of the frame that answers it. Absent while none has, and where a frame is told as it comes. */
  readonly answeredBy?: number
  /** Sequence number of the frame that calls it off: it waits no longer. */
  readonly cancelledBy?: number
  /** Sequence number of the frame with what this one calls off. */
  readonly cancels?: number
  /** The last frame that told how far it has come, and its time in epoch ms. */
  readonly progress?: { readonly seq: number; readonly at: number }
  /**
   * It waits for an answer that has not come in so many ms, or since it last told of its progress; `over`: none can come
   * any more. Absent while that is usual.
   */
  readonly unanswered?: { readonly ms: number; readonly over: boolean }
  /** How it breaks the protocol's rules, or why it cannot be decoded, in sentences. */
  readonly flaw?: string
}

/** Whether it stands for those of its frame that were too many to be decoded: its name counts them. */
export function isRest({ type }: Pick<Packet, 'type'>): boolean {
  return type === 'more'
}

/** Whether it waits for an answer, as far as is known. */
export function waits({ asks, answeredBy, cancelledBy }: Packet): boolean {
  return asks === true && answeredBy === undefined && cancelledBy === undefined
}

/** Whether it was called off, and has had no answer all the same. */
export function isCancelled({ asks, answeredBy, cancelledBy }: Packet): boolean {
  return asks === true && answeredBy === undefined && cancelledBy !== undefined
}

/** Whether it says that what was asked for failed. */
export function isFailure({ type }: Packet): boolean {
  return /error$/i.test(type)
}
