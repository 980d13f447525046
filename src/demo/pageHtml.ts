// The demo server's page: how to watch its feed and compare its methods, every path and parameter, without a script too.

import { methods } from '../shared/endpoint/methods.ts'
import { sameFeed, sameFeedWays } from '../shared/profile/sameFeed.ts'
import { addressOf, type DemoOffer, demoOffers } from './demoOffers.ts'
import { demoParameters } from './demoQuery.ts'
import { compareCommand, type FeedWay, feedWays, publishCommand } from './offeredCommands.ts'

/** The page of the server at `origin`. Its links are relative, so that they lead through a forwarded port too. */
export function pageHtml(origin: string): string {
  const stream = sameFeedWays.find(({ method }) => method === 'sse')?.path ?? '/sse'
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Lifeline demo server</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/page.css">
<script type="module" src="/page.js"></script>
</head>
<body>
<main>
<header>
<h1>Lifeline demo server</h1>
<p>One live feed of trades and chat, by four methods: polling, long polling, Server-Sent Events and WebSocket.</p>
<p id="newest" data-stream="${escapeHtml(stream)}" hidden></p>
</header>
<section aria-labelledby="same-feed">
<h2 id="same-feed">${escapeHtml(sameFeed.title)}</h2>
<p>Each of these carries the same items, some 54 a minute at uneven times. In VS Code, <b>Lifeline: Compare Methods…</b>
draws them beside each other and measures how late each brings an item, what it misses and what it costs. In a checkout
of Lifeline, so does:</p>
${copied(compareCommand(origin))}
<div class="ways">
${feedWays(origin).map(wayHtml).join('\n')}
</div>
</section>
<section aria-labelledby="paths">
<h2 id="paths">Paths</h2>
<table class="paths">
<thead><tr><th scope="col">Method</th><th scope="col">Address</th><th scope="col">What it is</th></tr></thead>
<tbody>
${demoOffers.map((offer) => offerHtml(offer, origin)).join('\n')}
</tbody>
</table>
</section>
<section aria-labelledby="parameters">
<h2 id="parameters">Parameters</h2>
<p>In the query of any path; several are joined by <code>&amp;</code>.</p>
<table>
<thead><tr><th scope="col">Parameter</th><th scope="col">Default</th><th scope="col">What it does</th></tr></thead>
<tbody>
${demoParameters.map(parameterHtml).join('\n')}
</tbody>
</table>
</section>
<section aria-labelledby="publish">
<h2 id="publish">Say something</h2>
<p>What you publish enters the feed as chat, and comes out by every method.</p>
${copied(publishCommand(origin))}
</section>
</main>
<p id="status" role="status"></p>
</body>
</html>
`
}

function wayHtml({ method, path, meaning, url, watch }: FeedWay): string {
  return `<article>
<h3>${escapeHtml(methods[method].label)}</h3>
<p>${escapeHtml(meaning)}</p>
${copied(url, methods[method].scheme === 'http' ? path : null)}
${copied(watch)}
</article>`
}

function offerHtml(offer: DemoOffer, origin: string): string {
  const link = offer.verb === 'GET' ? offer.path.replace('since=N', 'since=0') : null
  return `<tr><td>${escapeHtml(offer.verb)}</td><td>${copied(addressOf(offer, origin), link)}</td><td>${escapeHtml(offer.meaning)}</td></tr>`
}

function parameterHtml({ sample, absent, meaning }: (typeof demoParameters)[number]): string {
  return `<tr><td><code>${escapeHtml(sample)}</code></td><td>${absent === null ? '–' : escapeHtml(absent)}</td><td>${escapeHtml(meaning)}</td></tr>`
}

/** A text that the script gives a button to copy it. */
function copied(text: string, link: string | null = null): string {
  const shown = escapeHtml(text)
  const inside = link === null ? shown : `<a href="${escapeHtml(link)}">${shown}</a>`
  return `<div class="copied"><code>${inside}</code></div>`
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
