// The tables of what was decoded, which came to captures later: docs/capture-format.md describes them for people.

/** Where tables are: in the capture, or beside it until it is closed. */
export type Place = 'main' | 'temp'

/** In a capture of before they are missing; in one of others they may be anything. */
export function decodedSchema(place: Place): string {
  return `
CREATE TABLE ${place}.decoded (
  seq INTEGER NOT NULL,           -- of the frame
  ix INTEGER NOT NULL,            -- of the packet in the frame, from 0
  protocol TEXT NOT NULL,         -- json-rpc ...
  type TEXT NOT NULL,             -- in the protocol's words
  name TEXT,                      -- a method; an answer has that of its request
  key TEXT,                       -- the id as it was written
  summary TEXT,                   -- what it carries, in short
  body TEXT,                      -- where that stands in the frame's JSON
  level TEXT NOT NULL,            -- app, control, heartbeat
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
CREATE TABLE ${place}.decoding (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  decoders TEXT NOT NULL,         -- the decoders that there were
  up_to INTEGER NOT NULL          -- the last frame that they were given
);
`
}
