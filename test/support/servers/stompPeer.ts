// The server's side of STOMP, over anything that carries text, in bytes that the client library writes and reads.

import { FrameImpl, type IRawFrameType, Parser } from '@stomp/stompjs'

/** A frame as the library writes it. */
export function stompFrame(command: string, headers: Record<string, string>, body = ''): string {
  const frame = { command, headers, body, escapeHeaderValues: command !== 'CONNECT' }
  return FrameImpl.marshall(frame) as string
}

/**
 * Takes what a client sends, and answers it: who connects as `nobody` is refused; what is sent to a destination comes back to
 * who has subscribed to it; receipts are given where they are asked for; an end of line is answered by one.
 */
export function createStompPeer(send: (text: string) => void): (text: string) => void {
  const subscriptions = new Map<string, string>()
  let messages = 0

  function answer({ command, headers: pairs, binaryBody }: IRawFrameType): void {
    const headers = Object.fromEntries(pairs)
    if (command === 'CONNECT') {
      if (headers.login === 'nobody') send(stompFrame('ERROR', { message: 'Bad login' }))
      else send(stompFrame('CONNECTED', { version: '1.2', server: 'peer/1' }))
    }
    if (command === 'SUBSCRIBE') subscriptions.set(headers.destination ?? '', headers.id ?? '')
    const subscription = command === 'SEND' && subscriptions.get(headers.destination ?? '')
    if (typeof subscription === 'string') {
      messages++
      const id = { subscription, 'message-id': `m${messages}`, ack: `a${messages}` }
      const destination = headers.destination ?? ''
      send(stompFrame('MESSAGE', { ...id, destination }, new TextDecoder().decode(binaryBody)))
    }
    if (headers.receipt !== undefined)
      send(stompFrame('RECEIPT', { 'receipt-id': headers.receipt }))
  }

  const parser = new Parser(answer, () => send('\n'))
  return (text) => parser.parseChunk(text)
}
