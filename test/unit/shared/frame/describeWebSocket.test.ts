// Checks the one line of what crosses a WebSocket.

import { expectLines, message } from '../../../support/samples/describeSample.ts'

const masked = { masked: false } as const

expectLines('describe, of WebSockets,', [
  [
    {
      kind: 'fragment',
      sizeBytes: 125,
      detail: { index: 1, opcode: 1, fin: false, rsv: 4, masked: false },
    },
    'fragment 1 text RSV1',
    '125 B',
    'muted',
  ],
  [
    {
      kind: 'fragment',
      sizeBytes: 3,
      detail: { index: 2, opcode: 0, fin: true, rsv: 3, masked: false },
    },
    'fragment 2 continuation RSV2 RSV3 FIN',
    '3 B',
    'muted',
  ],
  [
    {
      kind: 'fragment',
      sizeBytes: 3,
      detail: { index: 1, opcode: 9, fin: true, rsv: 0, masked: true },
    },
    'fragment 1 ping masked FIN',
    '3 B',
    'muted',
  ],
  [
    {
      kind: 'fragment',
      sizeBytes: 0,
      detail: { index: 1, opcode: 11, fin: true, rsv: 0, masked: false },
    },
    'fragment 1 opcode 11 FIN',
    '0 B',
    'muted',
  ],
  [{ kind: 'message', bytes: 'hello', detail: message }, 'text hello', '5 B', 'normal'],
  [{ kind: 'message', bytes: '', detail: message }, 'text', '0 B', 'normal'],
  [
    {
      kind: 'message',
      bytes: Uint8Array.of(0xa2, 0x64),
      sizeBytes: 5_000_000,
      detail: { ...message, type: 'binary', truncatedAt: 2 },
    },
    'binary a2 64',
    '5.0 MB, cut',
    'normal',
  ],
  [{ kind: 'ping', detail: masked }, 'ping', '', 'muted'],
  [{ kind: 'ping', bytes: 'abcd', detail: masked }, 'ping', '4 B', 'muted'],
  [{ kind: 'pong', detail: { masked: true } }, 'pong', '', 'muted'],
  [{ kind: 'pong', detail: { masked: false, rttMs: 2.1 } }, 'pong 2.1 ms', '', 'muted'],
  [
    { kind: 'close', detail: { code: 1000, reason: '', by: 'server' } },
    'close 1000 (normal closure) by server',
    '',
    'normal',
  ],
  [
    { kind: 'close', detail: { code: 4003, reason: 'kicked', by: 'client' } },
    'close 4003 (private use) “kicked” by client',
    '',
    'warning',
  ],
  [
    {
      kind: 'close',
      direction: 'out',
      replyTo: 3,
      detail: { code: 1000, reason: '', by: 'server', replyMs: 0.5 },
    },
    'close 1000 (normal closure) answered by client',
    'after 0.5 ms',
    'normal',
  ],
])
