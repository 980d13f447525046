// The extension that shows the main job in the window of `npm start`: Lifeline's view, and beside it the walkthrough.

const { commands, window } = require('vscode')

const walkthrough = 'lifeline.lifeline#lifeline.start'

exports.activate = async () => {
  await commands.executeCommand('workbench.view.extension.lifeline')
  // A window that is opened again has what was open in it.
  if (window.tabGroups.all.some(({ tabs }) => tabs.length > 0)) return
  const place = { category: walkthrough, step: 'compare' }
  await commands.executeCommand('workbench.action.openWalkthrough', place, false)
}
