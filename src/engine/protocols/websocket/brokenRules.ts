// Rules of WebSocket that a server breaks, in plain words in place of those of `ws`.

/** How it says what is wrong with a frame. [rfc6455] 5.2 to 5.5, 7.4 */
const ofFrames: readonly (readonly [said: RegExp, words: string])[] = [
  [/RSV2 and RSV3 must be clear/, 'a frame has a reserved bit set (RSV2 or RSV3)'],
  [
    /RSV1 must be clear/,
    'a frame says that it is compressed (RSV1) where none may be, or where no compression was agreed on',
  ],
  [/invalid opcode 0/, 'a frame continues a message, and no message is open'],
  [/invalid opcode [12]$/, 'a message begins while another is not complete'],
  [/invalid opcode (\d+)/, 'a frame has the opcode $1, which has no meaning'],
  [/FIN must be set/, 'a close, ping or pong comes in several frames'],
  [/invalid payload length/, 'a close has 1 byte, or a close, ping or pong more than 125'],
  [/MASK must be clear/, 'a frame is masked, which only those of a client are'],
  [/MASK must be set/, 'a frame is not masked, as those of a client must be'],
  [/invalid status code (\d+)/, 'a close frame has the code $1, which may not be sent'],
]

/** How it says what is wrong with the answer that accepts. [rfc6455] 4.1 */
const ofHandshakes: readonly (readonly [said: RegExp, words: string])[] = [
  [/Invalid Upgrade header/, 'its Upgrade names another protocol than websocket'],
  [
    /Invalid Sec-WebSocket-Accept header/,
    'its Sec-WebSocket-Accept is not the one that belongs to the Sec-WebSocket-Key of the request',
  ],
  [/subprotocol but none was requested/, 'it names a subprotocol, and none was offered'],
  [/invalid subprotocol/, 'it names a subprotocol that was not offered'],
  [/no subprotocol/, 'it names none of the subprotocols that were offered'],
  [/but no extension was requested/, 'it names an extension, and none was offered'],
  [/extension that was not requested/, 'it names an extension that was not offered'],
  [
    /Invalid Sec-WebSocket-Extensions/,
    'its Sec-WebSocket-Extensions is not valid, or agrees to what was not offered',
  ],
]

/** What follows "The server breaks the rules of WebSocket: ". What is not known comes back as it is. */
export function frameFlaw(said: string): string {
  return inWords(ofFrames, said)
}

/** What follows "The answer to the handshake breaks the rules of WebSocket: ". */
export function handshakeFlaw(said: string): string {
  return inWords(ofHandshakes, said)
}

function inWords(rows: readonly (readonly [said: RegExp, words: string])[], said: string): string {
  for (const [pattern, words] of rows) {
    const found = pattern.exec(said)
    if (found) return words.replace('$1', found[1] ?? '')
  }
  return said
}
