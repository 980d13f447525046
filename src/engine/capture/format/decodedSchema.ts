// The tables of what was decoded, which came to captures later: docs/capture-format.md describes them for people.

/** Where tables are: in the capture, or beside it until it is closed. */
export type Place = 'main' | 'temp'

/**
 * In a capture of before they are missing; in one of others they may be anything. What many packets have in common stands
 * once, as with frames, so that a packet is written in half of the time.
 */
export function decodedSchema(place: Place): string {
  return `
CREATE TABLE ${place}.packet (
  seq INTEGER NOT NULL,           -- of the frame
  ix INTEGER NOT NULL,            -- of the packet in the frame, from 0
  shape INTEGER NOT NULL,
  key TEXT,                       -- the id as it was written
  summary TEXT,                   -- what it carries, in short
  asks INTEGER,                   -- 1 where it waits for an answer
  answers_seq INTEGER,            -- frame and packet that it answers
  answers_ix INTEGER,
  answered_seq INTEGER,           -- frame that answers it
  progress_seq INTEGER,           -- last frame that told of its progress
  cancels_seq INTEGER,            -- frame that it calls off
  cancelled_seq INTEGER,          -- frame that calls it off
  flaw TEXT,                      -- how it breaks the protocol's rules
  PRIMARY KEY (seq, ix)
) WITHOUT ROWID;
CREATE TABLE ${place}.packet_shape (
  id INTEGER PRIMARY KEY,
  protocol TEXT NOT NULL,         -- json-rpc ...
  type TEXT NOT NULL,             -- in the protocol's words
  name TEXT,                      -- a method; an answer has that of its request
  body TEXT,                      -- where the content stands in the frame's JSON
  level TEXT NOT NULL             -- app, control, heartbeat
);
CREATE VIEW ${place}.decoded AS
SELECT p.seq, p.ix, s.protocol, s.type, s.name, p.key, p.summary, s.body, s.level, p.asks, p.answers_seq, p.answers_ix,
  p.answered_seq, p.progress_seq, p.cancels_seq, p.cancelled_seq, p.flaw
FROM packet p LEFT JOIN packet_shape s ON s.id = p.shape;
CREATE TABLE ${place}.decoding (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  decoders TEXT NOT NULL,         -- the decoders that there were
  up_to INTEGER NOT NULL          -- the last frame that they were given
);
`
}
