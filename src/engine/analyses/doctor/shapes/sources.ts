// Sources of rules, as Markdown for the documentation.

/** Of the HTML standard, a section of server-sent events. */
export function html(section: string): string {
  return `[HTML ${section}](https://html.spec.whatwg.org/multipage/server-sent-events.html)`
}

/** [rfc9110] and its like, by number and section. */
export function rfc(number: number, section: string): string {
  return `[RFC ${number}, ${section}](https://www.rfc-editor.org/rfc/rfc${number}#section-${section})`
}

/** No standard says so. */
export const ours = 'our own experience; no standard has it'

/** A page of somebody's documentation. */
export function manual(name: string, url: string): string {
  return `[${name}](${url})`
}
