// The tables of a capture file. docs/capture-format.md describes them for people.

/** `LIFE` in ASCII: marks the file as a Lifeline capture. */
export const applicationId = 0x4c494645

/** Goes up when a reader of the version before could no longer read the file. */
export const schemaVersion = 1

/** How much of a payload stands in the frame's own row; the rest is in `piece`. */
export const inlineBytes = 16 * 1024

/** Bytes of one row of `piece`, the last one excepted. */
export const pieceRowBytes = 64 * 1024

/**
 * 16 KiB pages take a quarter less time per row than the default 4 KiB: fewer pages pass through the
 * log. Must stand before the first table is made. A batch is larger than the cache: without spilling its
 * pages go to the log once, when they are full, and not each time the cache is. That a frame's shape is there is
 * known to the one who writes both: looking it up for each row takes a twentieth of the time.
 */
export const fileSettings = `
PRAGMA page_size = 16384;
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
PRAGMA cache_spill = OFF;
PRAGMA foreign_keys = OFF;
`

// What many frames have in common stands once, in `shape`, so that a row of a flood is six small
// numbers and a payload. Names rather than codes: there are few shapes.
export const schema = `
CREATE TABLE session (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  name TEXT NOT NULL,             -- shown to people
  endpoint TEXT NOT NULL,         -- JSON; references such as \${secret:token} are not resolved
  limits TEXT NOT NULL,           -- JSON; the limits in force
  lifeline TEXT NOT NULL,         -- version of Lifeline that wrote the file
  created_at REAL NOT NULL,       -- epoch ms
  time_origin REAL NOT NULL,      -- epoch ms; zero of the monotonic clock that stamps the frames
  statistics TEXT                 -- JSON; totals as of the last batch
);
CREATE TABLE shape (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,             -- request, response, event, message, ping, close, wait, error, end ...
  direction TEXT NOT NULL,        -- out, in, local
  code TEXT,                      -- stable code of an error or a notice
  detail TEXT                     -- JSON that these frames share; null when each has its own
);
CREATE TABLE frame (
  seq INTEGER PRIMARY KEY,        -- 1, 2, 3 ... without gaps
  at REAL NOT NULL,               -- epoch ms with µs, when the bytes arrived or left
  connection INTEGER NOT NULL,    -- 1 for the first; 0 for none
  shape INTEGER NOT NULL REFERENCES shape,
  size_bytes INTEGER NOT NULL,    -- of the whole payload, decoded
  wire_bytes INTEGER NOT NULL,    -- on the wire, framing included
  reply_to INTEGER,               -- seq of the frame that this one answers
  detail TEXT,                    -- JSON; null when the shape has it
  payload BLOB                    -- the first 16384 bytes; more is in piece
);
CREATE TABLE piece (
  seq INTEGER NOT NULL,           -- of the frame
  offset INTEGER NOT NULL,        -- of this piece in the payload
  bytes BLOB NOT NULL,
  PRIMARY KEY (seq, offset)
) WITHOUT ROWID;
CREATE VIEW frames AS
SELECT
  f.seq,
  strftime('%Y-%m-%dT%H:%M:%fZ', f.at / 1000, 'unixepoch') AS time,
  f.at,
  round(f.at - (SELECT at FROM frame WHERE seq = 1), 3) AS elapsed_ms,
  f.connection,
  s.direction,
  s.kind,
  s.code,
  f.size_bytes,
  f.wire_bytes,
  f.reply_to,
  coalesce(f.detail, s.detail) AS detail,
  CAST(f.payload AS TEXT) AS text,
  f.payload
FROM frame f JOIN shape s ON s.id = f.shape;
PRAGMA application_id = ${applicationId};
PRAGMA user_version = ${schemaVersion};
`

/** Pages at the beginning of a file that lead to all others: the first, and the one where each table begins. */
export const rootPages = 1 + schema.split('CREATE TABLE').slice(1).length
