import desktop from '../../examples/desktop.xml?raw'
import server from '../../examples/server.xml?raw'
import vfToken from '../../examples/vf-token.xml?raw'
import { evidence } from '../../src/release/choose.ts'
import { Core } from './core/client.ts'
import type { Choices, Converted, CopyFormat } from './core/protocol.ts'
import { ChoiceBar, libvirts } from './page/choices.ts'
import { connectColours } from './page/colours.ts'
import { byId, fillSelect } from './page/dom.ts'
import { XmlEditor } from './page/editor.ts'
import { connectFiles } from './page/files.ts'
import { FindingsList } from './page/findings.ts'
import { fromFragment } from './page/link.ts'
import { openShareDialog } from './page/share.ts'
import { type Tab, Tabs } from './page/tabs.ts'
import { ChangesPanel } from './panels/changes.ts'
import { CommandLinePanel, spansOf } from './panels/command-line.ts'
import { CompletedPanel } from './panels/completed.ts'
import { TopologyPanel } from './panels/topology.ts'
import './style.css'

const examples: Readonly<Record<string, string>> = { server, desktop, 'vf-token': vfToken }
const start: Choices = { libvirt: evidence[evidence.length - 1]!, qemu: 'latest', host: 'generic' }
/** How long typing must rest before a domain is converted, in milliseconds. */
const rest = 60

const core = new Core()
const status = byId('status')
let last: Converted | undefined
let showSecrets = false
let waiting: ReturnType<typeof setTimeout> | undefined

connectColours()
const shared = await fromFragment(location.hash)
if (shared === undefined && location.hash.length > 1) say('The link is damaged: it holds no domain.')

const editor = new XmlEditor(byId('editor'), shared?.xml ?? server, {
  changed: () => {
    clearTimeout(waiting)
    byId('panel-command').ariaBusy = 'true'
    waiting = setTimeout(convert, rest)
  },
  pointed: (offset) => {
    const line = offset === undefined ? undefined : editor.view.state.doc.lineAt(offset).number
    commandLine.light(offset, line)
  },
  completions: (text, offset) => core.ask('completions', { text, offset, choices: choices.choices }),
  hover: (text, offset) => core.ask('hover', { text, offset, choices: choices.choices }),
})
const findings = new FindingsList(byId('findings-title'), byId('findings'), {
  goTo: (offset) => editor.goTo(offset),
  mend: (finding) => editor.mend(finding),
})
const commandLine = new CommandLinePanel(byId('panel-command'), {
  pointed: (piece) => editor.light(spansOf(piece)),
  copy,
  showSecrets: (show) => {
    showSecrets = show
    void convert()
  },
})
const completed = new CompletedPanel(byId('panel-completed'))
const changes = new ChangesPanel(byId('panel-changes'), () => void showTab('changes'))
const topology = new TopologyPanel(byId('panel-topology'), (line) => editor.goToLine(line))
const choices = new ChoiceBar(shared?.choices ?? start, () => void convert(), chooseArch)
const tabs = new Tabs((tab) => void showTab(tab))

fillSelect(
  byId<HTMLSelectElement>('example'),
  [['', 'choose…'], ...Object.keys(examples).map((it) => [it, it] as const)],
  '',
)
byId<HTMLSelectElement>('example').addEventListener('change', ({ target }) => {
  const select = target as HTMLSelectElement
  const example = examples[select.value]
  if (example !== undefined) editor.replace(example)
  select.value = ''
})
byId('share').addEventListener('click', () => {
  const now = { xml: editor.text, choices: choices.choices, tab: tabs.current }
  void openShareDialog(byId<HTMLDialogElement>('share-dialog'), core, now, last?.secrets ?? 0)
})
connectFiles(({ kind, name, text }) => {
  if (kind === 'domain') editor.replace(text)
  else if (kind === 'host') choices.use({ ...choices.choices, host: 'file', hostFile: text })
  else choices.use({ ...choices.choices, qemu: 'file', capabilitiesFile: text })
  say(`${name} was read; it stays in this page.`)
  void convert()
})

await convert()
if (shared !== undefined) tabs.choose(shared.tab)
document.documentElement.dataset.ready = 'yes'
// Keeps the page's own files for a time without a network; a file opened from disk has no need of it.
if (import.meta.env.PROD && 'serviceWorker' in navigator && location.protocol !== 'file:') {
  void navigator.serviceWorker.register('./offline.js').catch(() => undefined)
}

async function convert(): Promise<void> {
  try {
    const text = editor.text
    const answered = await core.askLatest('convert', { text, choices: choices.choices, secrets: showSecrets })
    // Typed on in the meantime: the places would be wrong.
    if (answered === undefined || editor.text !== text) return
    last = answered.answer
    choices.showArch(last.arch)
    editor.show(last.findings)
    findings.show(last.findings)
    commandLine.show(last)
    byId('panel-command').ariaBusy = 'false'
    say(`libvirt ${last.libvirt}, QEMU ${last.qemu}, ${last.arch}`)
    await showTab(tabs.current)
  } catch (error) {
    say(`domxml failed: ${error instanceof Error ? error.message : error}. This is a defect of domxml.`)
  }
}

/** Only what is seen is computed. */
async function showTab(tab: Tab): Promise<void> {
  const ask = { text: editor.text, choices: choices.choices }
  if (tab === 'completed') {
    const answered = await core.askLatest('complete', ask)
    if (answered) completed.show(answered.answer)
  } else if (tab === 'topology') {
    const answered = await core.askLatest('topology', ask)
    if (answered) topology.show(answered.answer)
  } else if (tab === 'changes') {
    changes.offer(libvirts, choices.qemus, choices.choices)
    const answered = await core.askLatest('compare', { ...ask, other: changes.other(ask.choices), what: changes.what })
    if (answered) await changes.show(answered.answer)
  }
}

async function chooseArch(arch: string): Promise<void> {
  const edit = await core.ask('chooseArch', { text: editor.text, arch })
  if (edit === undefined) say('The domain has no <type> that could name an architecture.')
  else editor.edit([edit])
}

async function copy(format: CopyFormat): Promise<void> {
  const text = await core.ask('print', { text: editor.text, choices: choices.choices, format, secrets: showSecrets })
  if (text === undefined) return say('There is no command line to copy.')
  await navigator.clipboard.writeText(text)
  say(`Copied${showSecrets ? '' : '; secrets are ***'}.`)
}

function say(text: string): void {
  status.textContent = text
}
