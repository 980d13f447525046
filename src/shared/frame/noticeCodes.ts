// The codes of notices, each with what it means and what to do.

import type { CodeRow } from './errorCodes.ts'

/** Lifeline did or found it, and it is nobody's fault. A code keeps its name: captures and scripts hold it. */
export const noticeCodes = {
  'back-pressure': {
    meaning: 'More arrives than can be taken in, so the sender is held back; nothing is lost.',
    advice: 'Nothing needs changing, but the times are those of a server that has to wait.',
  },
  'back-pressure-over': {
    meaning: 'Recording keeps up again.',
    advice: 'Nothing needs changing.',
  },
  'connection-stale': {
    meaning:
      'The server had closed the kept connection or left the request undone, so it goes out again on a new one.',
    advice: 'Nothing needs changing; a longer keep-alive time of the server avoids it.',
  },
  'cookie-refused': {
    meaning: 'A cookie was not kept: it is not for this server, or there are too many.',
    advice: 'Check the attributes of the cookie that the message names.',
  },
  'http-informational': {
    meaning: 'The server sent an informational answer (102, 103) ahead of its answer.',
    advice: 'Nothing needs changing.',
  },
  'http-flawed-head': {
    meaning: 'The head of an answer breaks the rules; it is read as browsers and curl read it.',
    advice: 'Correct what the message names at the server; other clients may refuse the answer.',
  },
  'http-flawed-chunking': {
    meaning: 'The chunks of a body break the rules; they are read as curl reads them.',
    advice: 'Correct the lines between the chunks at the server; other clients may refuse them.',
  },
  'http-surplus': {
    meaning: 'Bytes came behind the end of an answer, which belong to none.',
    advice: 'Check the Content-Length that the server sends, and that a 204 or 304 has no body.',
  },
  'stopped-in-head': {
    meaning: 'The session was stopped while the head of an answer was still arriving.',
    advice: 'Nothing needs changing; what came is recorded.',
  },
  'http2-fields-left': {
    meaning:
      'The request has a header that HTTP/2 does not have, such as Connection; it is left out.',
    advice: 'Take it out of "headers", or set "httpVersion": "1.1".',
  },
  'http2-going-away': {
    meaning: 'The server takes no more requests on the HTTP/2 connection; what is open goes on.',
    advice:
      'Nothing needs changing, unless the message names a reason: the next request has a new one.',
  },
  'stopped-in-body': {
    meaning: 'Reading ended while a body was still arriving; what came is recorded.',
    advice: 'Nothing needs changing.',
  },
  'companion-stopped': {
    meaning: 'A companion request was stopped before its answer came.',
    advice: 'Send it again when it is wanted.',
  },
  'change-missing': {
    meaning: 'An answer has nothing at the path of "change", so its whole body is compared.',
    advice: 'Correct "change" in the profile.',
    actions: ['edit-profile'],
  },
  'cursor-missing': {
    meaning: 'An answer has data but no cursor that can be sent, so the last one is sent again.',
    advice: 'Correct "from" of the profile’s "cursor".',
    actions: ['edit-profile'],
  },
  'cursor-unplaced': {
    meaning: 'The request has no place for the cursor, so it goes out without.',
    advice: 'Correct "to" of the profile’s "cursor".',
    actions: ['edit-profile'],
  },
  'stream-no-end': {
    meaning: 'Bytes come and no event or record of them ever ends, for the reason in the message.',
    advice: 'Let the server end each event with an empty line, each record with a line end.',
  },
  'stream-unfinished': {
    meaning:
      'A part of an event or record waits for its end, and nothing or only more of it comes.',
    advice: 'Look at what the server writes last; one that sends in pieces may only be slow.',
  },
  'stream-cut-short': {
    meaning: 'The stream ended in the middle of its last event, which no client gets to see.',
    advice: 'Let the server write an empty line behind its last event, too.',
  },
  'stream-stray-text': {
    meaning: 'What came last is text that is no event or record.',
    advice: 'Read the text; let the server send it as an event, or as a comment.',
  },
  'sse-invalid-utf8': {
    meaning: 'The stream holds bytes that are not valid UTF-8; they are shown as U+FFFD.',
    advice: 'Let the server encode the stream as UTF-8.',
  },
  'sse-id-unsendable': {
    meaning: 'The last event ID holds a control character, so the request goes out without it.',
    advice: 'Let the server send IDs of printable characters.',
  },
  'repeat-waits': {
    meaning: 'The repeated message waits until the server has read what was sent before.',
    advice: 'Repeat it less often, or look at why the server does not read.',
  },
  'ws-close-unanswered': {
    meaning: 'The server did not answer the close frame in time, or ended the connection instead.',
    advice: 'Let the server answer close frames; nothing is lost.',
  },
  'ws-cut-short': {
    meaning: 'The connection ended in the middle of a message or a frame.',
    advice: 'Look at why the server ended the connection.',
  },
  'ws-surplus': {
    meaning:
      'Bytes came behind the close frame of the server, or behind what broke the connection off; nobody reads them.',
    advice: 'Let the server send nothing after its close frame; correct first what an error tells.',
  },
  'replay-differs': {
    meaning: 'An answer to what a replay sent again differs from the recorded one.',
    advice: 'Compare it with the frame of the recording that the message names.',
  },
  'replay-compared': {
    meaning: 'A replay has sent all again: how many answers are as recorded.',
    advice: 'Filter by replay-differs to see those that are not.',
  },
  'replay-left-out': {
    meaning: 'A replay did not send all that the capture holds; the message says what, and why.',
    advice: 'Replay a part of the capture, or record what is missing once more.',
  },
  'tap-listening': {
    meaning: 'The tap listens at an address of this machine, and passes on what comes there.',
    advice: 'Point your program to that address in place of its server’s.',
  },
  'tap-refused': {
    meaning:
      'The tap has answered a request itself: it was not meant for it, or cannot be passed on.',
    advice: 'Change in the program what the message names; the server has not seen the request.',
  },
  'tap-fault': {
    meaning:
      'The tap did on purpose what the user had turned on: a delay, a cut, an answer of its own.',
    advice: 'Turn the fault off where it is not wanted any more.',
  },
  'tap-cut': {
    meaning: 'The tap cut a connection, because the user wanted to see what the program does then.',
    advice: 'Nothing needs changing; what the program does next shows how it bears it.',
  },
  'tap-held': {
    meaning: 'The tap held a message or an answer for the user, and it has passed as it was.',
    advice: 'Turn holding off where nothing is to wait any more.',
  },
  'tap-changed': {
    meaning: 'The user changed a message or an answer that the tap held: this is what went on.',
    advice: 'Nothing needs changing; the frame that it answers is what came.',
  },
  'tap-dropped': {
    meaning:
      'A message or an answer that the tap held, or one of the user’s own, did not go on: the user or its end dropped it.',
    advice: 'Nothing needs changing; what the program does next shows how it bears it.',
  },
  'tap-payloads-dropped': {
    meaning: 'More passed the tap than could be recorded: some payloads are not in the capture.',
    advice: 'Nothing was held back or lost on the way; record less at once to have all of it.',
  },
  'tap-client-left': {
    meaning:
      'The program ended its connection before all that it asked for had come, or left a stream.',
    advice: 'Nothing needs changing where the program meant to; else look at its time limits.',
  },
  'tap-stream-ended': {
    meaning: 'The server has ended a stream in order: its answer is complete.',
    advice: 'Nothing needs changing where the stream was to end.',
  },
  'tap-not-shown': {
    meaning: 'Something that passes the tap is counted and not shown, or not in its usual place.',
    advice: 'Nothing was changed on the way; the message names the reason.',
  },
  'capture-full': {
    meaning: 'The capture has reached its limit, so the session ended.',
    advice: 'Raise the limit, the setting lifeline.capture.maxSize, then connect again.',
    actions: ['raise-limit', 'retry'],
  },
  'capture-moved': {
    meaning: 'The capture was lost and goes on in the new file that the message names.',
    advice: 'Open the new file; it has all that could still be read.',
  },
  'frame-lost': {
    meaning:
      'A frame of a capture that was lost could not be read any more; this stands in its place.',
    advice: 'Nothing brings it back.',
  },
  'frame-not-readable': {
    meaning: 'The capture holds something here that Lifeline cannot read as a frame.',
    advice: 'Look at who wrote or changed the file.',
  },
} as const satisfies Readonly<Record<string, CodeRow>>

/** A code of this version. The frame of a capture may have another one: there it is a `string`. */
export type NoticeCode = keyof typeof noticeCodes
