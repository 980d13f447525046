// Notices that VS Code shows another theme.

/** VS Code tells a theme by the classes and the style of the page. Answers with the way to hear no more. */
export function onThemeChange(tell: () => void): () => void {
  const observer = new MutationObserver(tell)
  observer.observe(document.body, { attributeFilter: ['class'] })
  observer.observe(document.documentElement, { attributeFilter: ['style'] })
  return () => observer.disconnect()
}
