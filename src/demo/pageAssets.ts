// Style and script of the demo server's page.

/** In the reader's own dark or light. */
export const pageStyle = `:root {
  color-scheme: light dark;
  --ink: #1f2328;
  --quiet: #59636e;
  --ground: #ffffff;
  --raised: #f6f8fa;
  --line: #d1d9e0;
  --link: #0a5cc2;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ink: #e0e0e0;
    --quiet: #9a9a9a;
    --ground: #181818;
    --raised: #222222;
    --line: #3a3a3a;
    --link: #6cb0ff;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0;
  background: var(--ground);
  color: var(--ink);
  font: 15px/1.5 system-ui, sans-serif;
}
main { max-width: 72rem; margin: 0 auto; padding: 2rem 1.5rem 4rem; }
h1 { margin: 0; font-size: 1.6rem; }
h2 { margin: 2.5rem 0 0.5rem; font-size: 1.2rem; }
h3 { margin: 0; font-size: 1rem; }
p { margin: 0.4rem 0 0.8rem; max-width: 48rem; }
header p, article p { color: var(--quiet); }
a { color: var(--link); }
code { font: 0.87rem/1.45 ui-monospace, Menlo, Consolas, monospace; overflow-wrap: anywhere; }
#newest {
  max-width: none;
  min-height: 1.5em;
  overflow: hidden;
  color: var(--ink);
  font-variant-numeric: tabular-nums;
  text-overflow: ellipsis;
  white-space: nowrap;
}
.ways {
  display: grid;
  grid-template-columns: repeat(auto-fit, minmax(min(28rem, 100%), 1fr));
  gap: 1rem;
  margin-top: 1rem;
}
article { padding: 1rem; border: 1px solid var(--line); border-radius: 6px; }
.copied { display: flex; align-items: flex-start; gap: 0.5rem; }
.copied code { flex: 1 1 auto; }
article .copied, p + .copied {
  margin: 0.5rem 0 0;
  padding: 0.4rem 0.6rem;
  border-radius: 4px;
  background: var(--raised);
}
button, input {
  border: 1px solid var(--line);
  border-radius: 4px;
  background: var(--ground);
  color: var(--ink);
  font: inherit;
}
button { padding: 0 0.6rem; cursor: pointer; }
.copied button { flex: none; font-size: 0.8rem; }
button:hover { border-color: var(--quiet); }
:focus-visible { outline: 2px solid var(--link); outline-offset: 1px; }
form { display: flex; gap: 0.5rem; max-width: 40rem; margin-top: 0.8rem; }
input { flex: 1 1 auto; min-width: 0; padding: 0.25rem 0.5rem; }
table { width: 100%; border-collapse: collapse; }
td:last-child { overflow-wrap: anywhere; }
th, td { padding: 0.35rem 1rem 0.35rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
th { color: var(--quiet); font-weight: 600; }
td .copied { min-width: 18rem; }
@media (max-width: 40rem) {
  main { padding: 1rem 1rem 3rem; }
  th, td { padding-right: 0.6rem; }
  .paths thead { display: none; }
  .paths :is(tr, td) { display: block; }
  .paths tr { padding: 0.4rem 0; border-bottom: 1px solid var(--line); }
  .paths td { padding: 0 0 0.2rem; border: 0; }
  td .copied { min-width: 0; }
}
#status {
  position: fixed;
  right: 1rem;
  bottom: 1rem;
  margin: 0;
  padding: 0.4rem 0.8rem;
  border-radius: 4px;
  background: var(--ink);
  color: var(--ground);
}
#status:empty { display: none; }
`

/**
 * A module for browsers: a button beside each text to copy, the newest item, and a line to publish. What the feed brings
 * becomes text and nothing else.
 */
export const pageScript = `const status = document.getElementById('status')
let quiet
function tell(text) {
  status.textContent = text
  clearTimeout(quiet)
  quiet = setTimeout(() => { status.textContent = '' }, 3000)
}

function make(name, text, attributes = {}) {
  const element = document.createElement(name)
  element.textContent = text
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value)
  return element
}

async function copy(code) {
  try {
    await navigator.clipboard.writeText(code.textContent)
    tell('Copied.')
  } catch {
    // Without a secure origin, or without leave, there is no clipboard.
    getSelection().selectAllChildren(code)
    tell('Selected: copy it with the keyboard.')
  }
}

for (const line of document.querySelectorAll('.copied')) {
  const code = line.querySelector('code')
  const button = make('button', 'Copy', { type: 'button', 'aria-label': 'Copy ' + code.textContent })
  button.addEventListener('click', () => copy(code))
  line.append(button)
}

const newest = document.getElementById('newest')
const stream = new EventSource(newest.dataset.stream)
function show({ data }) {
  const item = JSON.parse(data)
  const what = item.type === 'chat' ? item.from + ': ' + item.text : item.symbol + ' ' + item.price
  const late = Math.max(0, Date.now() - Date.parse(item.at))
  newest.textContent = 'Now: #' + item.id + ' ' + what + ' · ' + late + ' ms old when it came'
}
stream.addEventListener('trade', show)
stream.addEventListener('chat', show)
stream.addEventListener('error', () => { newest.textContent = 'The feed cannot be reached.' })
newest.textContent = 'Waiting for the next item…'
newest.hidden = false

const form = make('form', '')
const said = make('input', '', { 'aria-label': 'What to say', placeholder: 'Hello', maxlength: '500' })
form.append(said, make('button', 'Publish'))
form.addEventListener('submit', async (event) => {
  event.preventDefault()
  if (said.value.trim() === '') return
  try {
    const body = JSON.stringify({ text: said.value })
    const answer = await fetch('/publish', { method: 'POST', body })
    tell(answer.ok ? 'Published.' : (await answer.json()).error)
    if (answer.ok) said.value = ''
  } catch {
    tell('The server cannot be reached.')
  }
})
document.getElementById('publish').parentElement.append(form)
`
