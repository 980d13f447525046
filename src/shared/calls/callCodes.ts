// The codes of calls that fail, between window, page and session, each with what it means and what to do.

import type { CodeRow } from '../frame/errorCodes.ts'

const again = 'Nothing needs changing; connect again to go on.'
const report = 'It is a fault of Lifeline: report it.'

export const callCodes = {
  'not-open': {
    meaning: 'The WebSocket is not open, so nothing can be sent on it.',
    advice: 'Reconnect, then send again.',
    actions: ['retry'],
  },
  'read-only': {
    meaning: 'The session is a saved capture, so nothing can be sent.',
    advice: 'Connect to the endpoint again.',
    actions: ['retry'],
  },
  'no-tap': {
    meaning: 'The session is no tap: nothing passes it that it could delay, hold or break off.',
    advice: 'Tap a server: Lifeline: Tap a Server….',
  },
  'no-such-held': {
    meaning: 'A held message or answer has passed on since, or went with its connection.',
    advice: 'Look at the timeline, which says what became of it.',
  },
  'bad-change': {
    meaning: 'What the user wrote cannot go on in the place of what is held, or into a connection.',
    advice: 'Correct what the message names; what is held waits until then.',
  },
  ended: { meaning: 'The session has ended.', advice: again, actions: ['retry'] },
  'cannot-send': {
    meaning: 'The method of this session has no messages, pings or close frames to send.',
    advice: 'Send a companion request instead.',
  },
  'no-endpoint': {
    meaning: 'The session connects to no endpoint: others connect to it.',
    advice: 'Connect to the endpoint itself to ask it something or to reconnect.',
  },
  'no-such-message': {
    meaning: 'The profile had no message of this name when the session started.',
    advice: 'Correct the profile, then connect again.',
    actions: ['edit-profile'],
  },
  'no-such-request': {
    meaning: 'The profile had no request of this name when the session started.',
    advice: 'Correct the profile, then connect again.',
    actions: ['edit-profile'],
  },
  'not-sendable': {
    meaning: 'The frame is nothing that can be sent again, or is kept only in part.',
    advice: 'Choose a message or a ping that was sent, or a request.',
  },
  'secret-unknown': {
    meaning: 'The session does not know the value that a reference in a recorded frame stands for.',
    advice: 'Edit it, and write the value in the place of the reference.',
  },
  'file-not-readable': {
    meaning: 'The file of a message cannot be read.',
    advice: 'Correct its path in the profile, or the rights of the file.',
    actions: ['edit-profile'],
  },
  'bad-interval': {
    meaning: 'The interval of a repeated message is shorter or longer than is allowed.',
    advice: 'Choose an interval as the message says.',
  },
  'bad-close': {
    meaning: 'A close frame cannot have this code or this reason.',
    advice: 'Choose a code that may be sent, and a reason of up to 123 bytes.',
  },
  'ping-too-long': {
    meaning: 'The payload of a ping is longer than a control frame carries.',
    advice: 'Shorten it to 125 bytes.',
  },
  'bad-url': {
    meaning:
      'The URL of a companion request is not valid, or its scheme is neither http: nor https:.',
    advice: 'Write an http: or https: URL, or a path on the endpoint’s server.',
  },
  'capture-not-writable': {
    meaning: 'The file of a capture cannot be created or written.',
    advice: 'Make room, choose another folder or correct its rights, then connect again.',
    actions: ['choose-folder', 'keep-in-memory', 'retry'],
  },
  'capture-not-readable': {
    meaning: 'The file is gone, damaged or no capture, or a newer Lifeline wrote it.',
    advice: 'Choose another file, or update Lifeline.',
  },
  'capture-write-failed': {
    meaning: 'The capture can no longer be written, such as on a full disk.',
    advice: 'Make room or choose another folder, then connect again.',
    actions: ['choose-folder', 'retry'],
  },
  'capture-lost': {
    meaning: 'The capture’s file was taken away, and there is no place to go on.',
    advice: 'Choose another folder for captures, then connect again.',
    actions: ['choose-folder', 'retry'],
  },
  'bad-filter': {
    meaning: 'The filter has a mistake, or is longer than a filter may be.',
    advice: 'Correct it as the message says.',
  },
  'too-many-bookmarks': {
    meaning: 'The capture has as many bookmarks as one may have.',
    advice: 'Remove one of them.',
  },
  'note-refused': {
    meaning: 'The note of a bookmark holds a secret, or what looks like a credential.',
    advice: 'Write the note without it.',
  },
  'text-refused': {
    meaning: 'A report about several sessions holds a secret that one of them knows.',
    advice: 'Correct what you typed for an item and its time of origin.',
  },
  'export-too-large': {
    meaning: 'The export has more characters than a clipboard takes.',
    advice: 'Save it to a file, or filter the timeline first.',
  },
  'export-not-writable': {
    meaning: 'The file of an export cannot be written.',
    advice: 'Choose another place, or correct its rights.',
  },
  cancelled: {
    meaning: 'The user has cancelled an export, or the opening of a capture.',
    advice: 'Nothing was written, copied or opened; ask for it again.',
  },
  closed: { meaning: 'The other side of the call is gone.', advice: again, actions: ['retry'] },
  'not-started': {
    meaning: 'The session has no capture yet.',
    advice: report,
    actions: ['retry', 'show-log'],
  },
  'already-started': {
    meaning: 'The thread has its session already.',
    advice: report,
    actions: ['show-log'],
  },
  'bad-argument': {
    meaning: 'The page asked for something that is checked and refused.',
    advice: report,
    actions: ['show-log'],
  },
  'unknown-method': {
    meaning: 'The other side has no such call.',
    advice: report,
    actions: ['show-log'],
  },
  internal: {
    meaning: 'The other side failed in a way that nobody foresaw; the log has the details.',
    advice: report,
    actions: ['show-log'],
  },
} as const satisfies Readonly<Record<string, CodeRow>>

export type CallCode = keyof typeof callCodes

export function isCallCode(code: string): code is CallCode {
  return Object.hasOwn(callCodes, code)
}
