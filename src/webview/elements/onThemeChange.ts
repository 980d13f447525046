// Notices that VS Code shows another theme.

export function onThemeChange(tell: () => void): void {
  const observer = new MutationObserver(tell)
  observer.observe(document.body, { attributeFilter: ['class'] })
  observer.observe(document.documentElement, { attributeFilter: ['style'] })
}
