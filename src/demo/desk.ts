// `GET /desk`: a small app that asks its own server by all four methods, to be opened through a tap.

/** Its addresses are relative to the page: all it asks goes where the page came from, below the path of a proxy, too. */
export const deskHtml = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Trading desk · Lifeline demo</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="page.css">
<link rel="stylesheet" href="desk.css">
<script type="module" src="desk.js"></script>
</head>
<body>
<main>
<header>
<h1>Trading desk</h1>
<p>A small app of the <a href=".">Lifeline demo server</a>, with a method for each of its panels. Open it through a tap, with
<b>Lifeline: Tap a Server…</b>, and the timeline shows what this page and its server say to each other.</p>
</header>
<noscript><p>The desk needs a script.</p></noscript>
<div class="ways">
<article aria-labelledby="newest-title">
<h2 id="newest-title">Newest items</h2>
<p>Polling, every 2 s</p>
<ul id="newest-item"><li class="quiet">Waiting…</li></ul>
</article>
<article aria-labelledby="chat-title">
<h2 id="chat-title">Chat</h2>
<p>Long polling: each request waits for news</p>
<ul id="chat"><li class="quiet">Waiting…</li></ul>
<form id="say" hidden>
<input name="text" aria-label="What to say" placeholder="Hello" maxlength="200" autocomplete="off">
<button>Say it</button>
</form>
</article>
<article aria-labelledby="trades-title">
<h2 id="trades-title">Trades</h2>
<p>Server-Sent Events</p>
<ul id="trades"><li class="quiet">Waiting…</li></ul>
</article>
<article aria-labelledby="prices-title">
<h2 id="prices-title">Prices of <span id="symbol">BTC-EUR</span></h2>
<p>WebSocket, with a subscription</p>
<ul id="prices"><li class="quiet">Waiting…</li></ul>
<button id="other" type="button" hidden>Show ETH-EUR</button>
</article>
</div>
</main>
<p id="status" role="status"></p>
</body>
</html>
`

/** Behind the style of the index page. Lists keep their height, so that nothing jumps as items come. */
export const deskStyle = `.ways { grid-template-columns: repeat(2, minmax(0, 1fr)); }
@media (max-width: 40rem) {
  .ways { grid-template-columns: minmax(0, 1fr); }
}
article { display: flex; flex-direction: column; }
h2 { margin: 0; font-size: 1rem; }
ul { margin: 0; padding: 0; min-height: 7.5em; list-style: none; font-variant-numeric: tabular-nums; }
li { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.quiet, time { color: var(--quiet); }
time { margin-right: 0.8em; }
#other { align-self: flex-start; margin-top: 0.8rem; padding: 0.25rem 0.6rem; }
`

/** A module for browsers. What comes becomes text and nothing else. */
export const deskScript = `const status = document.getElementById('status')
const shown = 5

function line({ at, type, from, text, symbol, price, size }) {
  const item = document.createElement('li')
  const time = document.createElement('time')
  time.textContent = new Date(at).toLocaleTimeString('en-GB')
  item.append(time, type === 'chat' ? from + ': ' + text : symbol + ' ' + price + ' × ' + size)
  return item
}

/** The newest comes first. */
function list(id) {
  const element = document.getElementById(id)
  return {
    add(item) {
      element.querySelector('.quiet')?.remove()
      element.prepend(line(item))
      while (element.children.length > shown) element.lastChild.remove()
    },
    clear: () => element.replaceChildren(),
  }
}

const rest = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

/** Asks for as long as the page is open; where the server cannot be reached, again after a rest. */
async function goOn(ask) {
  for (;;) {
    try {
      await ask()
      status.textContent = ''
    } catch {
      status.textContent = 'The server cannot be reached.'
      await rest(2000)
    }
  }
}

const newest = document.getElementById('newest-item')
goOn(async () => {
  const { items } = await (await fetch('poll?rate=0.2')).json()
  newest.replaceChildren(...items.slice(-shown).reverse().map(line))
  await rest(2000)
})

const chat = list('chat')
let cursor = ''
goOn(async () => {
  const answer = await fetch('long-poll?rate=0.3&hold=10000&since=' + cursor)
  if (!answer.ok) throw new Error(String(answer.status))
  cursor = answer.headers.get('x-cursor') ?? cursor
  if (answer.status === 204) return
  for (const item of (await answer.json()).items) if (item.type === 'chat') chat.add(item)
})

const trades = list('trades')
const events = new EventSource('sse?rate=0.5')
events.addEventListener('trade', ({ data }) => trades.add(JSON.parse(data)))

const prices = list('prices')
const symbols = ['BTC-EUR', 'ETH-EUR']
let socket
function connect() {
  socket = new WebSocket(new URL('ws?rate=1', location.href).href.replace(/^http/, 'ws'))
  const say = (op, symbol) => socket.send(JSON.stringify({ op, symbol }))
  socket.onopen = () => say('subscribe', symbols[0])
  socket.onmessage = ({ data }) => {
    const item = JSON.parse(data)
    if (item.type === 'trade' && item.symbol === symbols[0]) prices.add(item)
  }
  socket.onclose = () => setTimeout(connect, 2000)
  other.onclick = () => {
    if (socket.readyState !== WebSocket.OPEN) return
    say('unsubscribe', symbols[0])
    symbols.reverse()
    say('subscribe', symbols[0])
    prices.clear()
    document.getElementById('symbol').textContent = symbols[0]
    other.textContent = 'Show ' + symbols[1]
  }
}
const other = document.getElementById('other')
connect()
other.hidden = false

const form = document.getElementById('say')
form.addEventListener('submit', async (event) => {
  event.preventDefault()
  const said = form.elements.text
  if (said.value.trim() === '') return
  try {
    const headers = { 'Content-Type': 'application/json' }
    const body = JSON.stringify({ from: 'You', text: said.value })
    await fetch('publish', { method: 'POST', headers, body })
    said.value = ''
  } catch {
    status.textContent = 'The server cannot be reached.'
  }
})
form.hidden = false
`
