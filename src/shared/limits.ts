// The limits on what a peer, a profile or a page can make grow, by name, with their reasons. Where one cuts a recording,
// a frame says so. What bounds one file's own memory stands there.

/** Byte and count limits of a session. A profile or a setting may change those that `Endpoint` names. */
export interface Limits {
  /** One payload is kept up to this size; the rest is counted and the frame says `truncatedAt`. */
  readonly payloadBytes: number
  /** One message (WebSocket), event (SSE) or body (HTTP) beyond this ends its connection. */
  readonly messageBytes: number
  /**
   * An event's name, and its ID, which every event after it carries in its frame, though the stream sent it
   * once. A longer one could not be sent back: few servers take a request head of that size.
   */
  readonly eventFieldBytes: number
  /** One capture file; the session ends with the notice `capture-full` when it is reached. */
  readonly captureBytes: number
  /**
   * The log beside a capture file, about: beyond it recording waits for the disk. A flood shorter than
   * this is recorded at the speed of memory.
   */
  readonly logBytes: number
  /** Frames written in one transaction at the most. */
  readonly batchFrames: number
  /** Bytes of payloads, and of the names and IDs of events, held before a transaction at the most. */
  readonly batchBytes: number
  /** Time a frame waits for its transaction at the most. */
  readonly batchMs: number
  /** Characters of payload in a row. */
  readonly previewChars: number
  /**
   * A frame's detail as JSON, in characters: a head is the largest thing in one. A capture that has more there
   * was not written by Lifeline, and the frame is told as not readable.
   */
  readonly detailChars: number
  /** Details in one page of rows; a page that has more ends before. */
  readonly pageChars: number
  /** Redirects followed in one exchange. [fetch] 4.4 uses 20 as well. */
  readonly redirects: number
  /** The response head. Node's own default is 16 KiB; servers with large cookies exceed it. */
  readonly headBytes: number
  /** Informational answers (1xx) ahead of one answer; more end the exchange. */
  readonly informational: number
  /**
   * Fastest polling unless the profile says `"allowFasterThan100ms": true`, and the shortest time after
   * which an event source comes back.
   */
  readonly minIntervalMs: number
  /** A long-polling cursor, in characters; it is sent with the next request and kept with each answer. */
  readonly cursorChars: number
  /** Polled JSON answers up to this size are compared path by path. */
  readonly differenceBytes: number
  /** Paths in one difference; the others are counted. */
  readonly differencePaths: number
  /** Longest wait that a timer can hold. */
  readonly maxDelayMs: number
  /** A refused handshake's or stream's body is read up to here. */
  readonly refusalBytes: number
  /** Bytes that an error or a notice is about are kept up to here: who looks at them wants to see their beginning. */
  readonly faultBytes: number
}

const KiB = 1024
const MiB = 1024 * KiB
const GiB = 1024 * MiB

export const defaultLimits: Limits = {
  payloadBytes: 16 * MiB,
  messageBytes: 128 * MiB,
  eventFieldBytes: 16 * KiB,
  captureBytes: 4 * GiB,
  logBytes: 512 * MiB,
  batchFrames: 2000,
  batchBytes: 8 * MiB,
  batchMs: 50,
  previewChars: 256,
  detailChars: 4 * MiB,
  pageChars: 8 * MiB,
  redirects: 20,
  headBytes: 64 * KiB,
  informational: 100,
  minIntervalMs: 100,
  cursorChars: 64 * KiB,
  differenceBytes: 1 * MiB,
  differencePaths: 50,
  maxDelayMs: 2 ** 31 - 1,
  refusalBytes: 1 * MiB,
  faultBytes: 64 * KiB,
}

/** What decoders take on and keep: everything in it is a peer's. */
export const decodeLimits = {
  /** A larger payload is not decoded: JSON of that size takes some 10 ms, in which nothing else is recorded. */
  payloadBytes: 1 * MiB,
  /** A connection whose first messages, or so many bytes of them, no decoder knows is left alone. */
  firstMessages: 5,
  firstBytes: 64 * KiB,
  /** Packets of one frame; what is beyond is counted. */
  packets: 200,
  /** Requests of a connection that wait for their answers; the oldest are forgotten. */
  openRequests: 10_000,
  /** What pairs an answer with its request, in characters: Rails names channels by signed texts. A longer one pairs nothing. */
  pairingChars: 1000,
  /** A name, an id, a summary or a flaw, in characters. */
  wordChars: 200,
  /** What a packet carries, in a row. */
  summaryChars: 80,
  /** Lists and maps of a binary format inside one another: they are read by recursion. */
  valueDepth: 200,
  /** Maps that are keys of maps, inside one another: a key is told as JSON in text, which grows with each level. */
  keyDepth: 4,
  /** A descriptor set that tells the types of messages: the capture keeps it. */
  descriptorBytes: 4 * MiB,
  /** Messages and enums in it that are known, each by its whole name. */
  types: 40_000,
  /** The whole name of a type, in characters: each type inside another one repeats those around it. */
  typeNameChars: 1000,
  /** Of messages that no type is known of, inside one another: each level is read to find out whether it is one. */
  guessedDepth: 16,
  /** Of bytes in a binary format the first, as far as people are told of them. */
  valueBytes: 4 * KiB,
  /** JSON that tells what one payload holds; bytes in it take twice their length. */
  readChars: 8 * MiB,
  /** Connections that are decoded at the same time; companion requests and a stream are one. */
  connections: 64,
  /** Of a packet that comes in several frames so many first bytes are kept: MQTT's topics take up to 64 KiB. */
  heldBytes: 128 * KiB,
  /** Topics for which a peer has set a number, destinations of its subscriptions. */
  shortNames: 1000,
}

/** What the doctor tells of a session: it is pushed to each view that shows it. */
export const findingLimits = {
  /** Frames that prove a finding; the others are counted. */
  frames: 100,
  /** Of a peer's word in a sentence, in characters. */
  wordChars: 60,
}

/** What a filter may be: it is typed, but it may be pasted, too. */
export const filterLimits = {
  /** A longer one is a mistake. SQLite limits a pattern to 50,000 bytes. */
  chars: 4000,
  /** Parentheses inside one another: they are read by recursion, and SQLite's are limited, too. */
  depth: 30,
  /** Words, fields and paths. */
  conditions: 100,
  /**
   * Of a longer payload the rest is not looked at by regular expressions, and its JSON is not read; words are found in all
   * of it. To read so much takes some 10 ms, in which nothing is recorded.
   */
  payloadBytes: 1 * MiB,
}

/** What folds to one row, and what is told of it. */
export const foldLimits = {
  /** Unchanged polls, heartbeats and equal frames fold from so many on. */
  leastRepeats: 2,
  /** So many frames one way, with less than so many milliseconds between each and the next, are a burst. */
  burstFrames: 8,
  burstGapMs: 20,
  /** Payloads that are longer are not compared. */
  comparedBytes: 1 * MiB,
  /** A silence that is not so many times as long as the one before it is a rhythm. */
  unusualSilence: 3,
  /** Runs that are opened in one view. */
  open: 10_000,
  /** Names that are counted apart in one run, how many of them are told, and how long one is, in characters. */
  names: 64,
  namesTold: 12,
  nameChars: 60,
  /** A payload that is longer is not looked into for its name. */
  namedBytes: 8 * KiB,
  /** Bins of a run's rate; where they are full they double their width. */
  bins: 60,
}

/** What users mark: all of it is pushed to each view when it changes. */
export const bookmarkLimits = {
  /** In one capture; a file that has more shows the first ones. */
  count: 1000,
  /** Of a note. */
  noteChars: 500,
}

/** Numbers of payloads that are drawn over time. */
export const plotLimits = {
  /** Of a payload so much is looked through. */
  payloadBytes: 1 * MiB,
  /** Points of time; where they are full they double their distance. A power of two. */
  bins: 256,
  /** Plots of one timeline: each of them reads all frames of its kind. */
  plots: 8,
}

/** What is drawn of a span of time. */
export const sliceLimits = {
  /** Of one answer. */
  bins: 1024,
  /** Frames of a bin that are told apart. */
  framesABin: 3,
  /** Frames before a slice among which is looked for what reaches into it. */
  framesBefore: 64,
}

/** Rows of several sessions that are copied as one text. */
export const mergedCopyLimits = {
  /** What is beyond is left out, which is told. */
  rows: 10_000,
  /** Of their payloads together; of NDJSON those that do not fit are left out, which is told, too. */
  payloadBytes: 16 * MiB,
}

/** The same items in several sessions. */
export const comparisonLimits = {
  /** Side by side. */
  sessions: 4,
  /** What is sent so soon after a WebSocket has opened, in ms, says what is wanted of it. */
  openingMs: 1000,
  /** Different items of a session; more are counted as left out. */
  items: 1_000_000,
  /** Characters of their keys, which a thread and a page keep. */
  allKeyChars: 48 * MiB,
  /** Losses of a session's connection whose length is kept apart. */
  outages: 10_000,
  /** Of a key: longer ones are told apart by their beginning, their end and their length. */
  keyChars: 200,
  /** A larger payload has no items: a whole one is parsed. */
  payloadBytes: 4 * MiB,
  /** Values of a payload in which items are looked for. */
  lookedAt: 100_000,
  /** Payloads of a session by which it is guessed what an item is, and their bytes. */
  samples: 500,
  sampleBytes: 4 * MiB,
  /** Of a session, different paths that may lead to an item's key. */
  samplePaths: 1000,
  /** Frames and bytes of payloads that wait until it is known. */
  waitingFrames: 50_000,
  waitingBytes: 64 * MiB,
  /** Of a field in the samples, different values. */
  sampleKeys: 2000,
  /** Characters of all of them, which cross between threads. */
  sampleChars: MiB,
  /** Frames of a figure to which it leads. */
  marks: 100,
  /** Items that one answer about a session tells. */
  piece: 4096,
  /** Of one sample, objects that may be items. */
  sampleObjects: 500,
  /** And values of their fields. */
  sampleLeaves: 20_000,
}

/** What is taken out of a frame to be sent or kept once more. */
export const sendLimits = {
  /** A longer payload is not put into the send box, which draws all of it. */
  editedBytes: 256 * KiB,
  /** Nor is a longer one put into a profile: it is read by people. */
  savedBytes: 64 * KiB,
  /** Of frames with secrets what crossed the wire is remembered, up to here; of those before, references stay references. */
  rememberedBytes: 8 * MiB,
}

/** A profiles file, `.vscode/lifeline.json`: it comes with a repository, and is read before anybody trusts that. */
export const profilesLimits = {
  /** A larger file is not read. Bodies and messages of that size belong in files of their own. */
  fileBytes: 1 * MiB,
  /** Brackets inside one another: they are read by recursion. A file that is deeper is not read. */
  depth: 64,
  /** Profiles and inputs in one file, messages, requests and the like in one profile; a longer list is a problem. */
  entries: 1000,
  /** A path into JSON: a cursor's is followed step by step, and made where it is missing. */
  pathChars: 1000,
  /** What is wrong with one profile, and with the file outside its profiles; the rest is told once these are mended. */
  problems: 20,
}

/** What is shown of texts that a peer or a file can make long; copies, captures and NDJSON have all of it. */
export const shownLimits = {
  /** A line that is read at a glance: a title, a message, a tooltip's line, a line on standard error. */
  lineChars: 1000,
  /** A value in the detail: a URL, a header, a status line. */
  valueChars: 16 * KiB,
  /** A status line that no frame has: a proxy's, or one ahead of the answer. Other sentences have the standard's words. */
  statusChars: 200,
  /** Parts into which invisible characters divide the text of a payload; each is an element of the page. */
  textParts: 4000,
}

/** Several sessions in one timeline. */
export const togetherLimits = {
  /** Lanes beside each other; more would be too narrow to be read. */
  sessions: 8,
}
