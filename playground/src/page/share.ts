import type { Core } from '../core/client.ts'
import { make } from './dom.ts'
import { type Shared, toFragment } from './link.ts'

/** Asks what the link shall hold, makes it, and puts it on the clipboard. Secrets stay out unless they are asked for. */
export async function openShareDialog(
  dialog: HTMLDialogElement,
  core: Core,
  shared: Shared,
  secrets: number,
): Promise<void> {
  const { hostFile, capabilitiesFile } = shared.choices
  const withSecrets = make('input', { type: 'checkbox' })
  const withFiles = make('input', { type: 'checkbox' })
  const link = make('input', { type: 'text', readOnly: true, className: 'link-text' })
  link.setAttribute('aria-label', 'The link')
  const said = make('p', { className: 'said' })
  said.setAttribute('role', 'status')
  const copy = make('button', { type: 'button', className: 'primary', textContent: 'Copy the link' })
  const close = make('button', { type: 'button', textContent: 'Close' })
  const renew = async () => {
    const xml = withSecrets.checked ? shared.xml : await core.ask('hideSecrets', { text: shared.xml })
    const files = withFiles.checked
      ? { hostFile, capabilitiesFile }
      : { hostFile: undefined, capabilitiesFile: undefined }
    const { choices } = shared
    const fallback = withFiles.checked
      ? {}
      : {
          host: choices.host === 'file' ? 'generic' : choices.host,
          qemu: choices.qemu === 'file' ? 'latest' : choices.qemu,
        }
    const fragment = await toFragment({ ...shared, xml, choices: { ...choices, ...files, ...fallback } })
    link.value = `${location.href.split('#')[0]}#${fragment}`
    said.textContent = `${link.value.length.toLocaleString('en')} characters. What stands behind the # is never sent to a server.`
  }
  withSecrets.addEventListener('change', renew)
  withFiles.addEventListener('change', renew)
  close.addEventListener('click', () => dialog.close())
  copy.addEventListener('click', async () => {
    link.select()
    await navigator.clipboard.writeText(link.value).catch(() => document.execCommand('copy'))
    said.textContent = 'The link is on the clipboard.'
  })
  const count = secrets === 1 ? 'one secret' : `${secrets} secrets`
  dialog.replaceChildren(
    make('h2', { id: 'share-title', textContent: 'A link to what you see' }),
    ...(secrets > 0 ? [make('label', { className: 'check' }, withSecrets, ` Put ${count} into the link, too`)] : []),
    ...(hostFile !== undefined || capabilitiesFile !== undefined
      ? [
          make(
            'label',
            { className: 'check' },
            withFiles,
            ' Put your host file and capability table into the link, too',
          ),
        ]
      : []),
    link,
    said,
    make('div', { className: 'actions' }, copy, close),
  )
  await renew()
  dialog.showModal()
  link.focus()
}
