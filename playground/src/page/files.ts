import { byId } from './dom.ts'

export interface Dropped {
  readonly kind: 'domain' | 'host' | 'capabilities'
  readonly name: string
  readonly text: string
}

/** Which of the three a text is: a domain, a host file, or a capability table (of ours, or of libvirt's cache). */
export function kindOf(text: string): Dropped['kind'] {
  if (/^\s*(<\?xml[^>]*>\s*)?<qemuCaps\b/.test(text)) return 'capabilities'
  if (!/^\s*\{/.test(text)) return 'domain'
  return /"accelerators"\s*:/.test(text) && /"flags"\s*:/.test(text) ? 'capabilities' : 'host'
}

/** Files come by the button, or are dropped anywhere on the page. They are read here and go nowhere. */
export function connectFiles(took: (file: Dropped) => void): void {
  const input = byId<HTMLInputElement>('file')
  const take = async (file: File | null | undefined) => {
    if (!file) return
    const text = await file.text()
    took({ kind: kindOf(text), name: file.name, text })
  }
  byId('open').addEventListener('click', () => input.click())
  input.addEventListener('change', async () => {
    await take(input.files?.[0])
    input.value = ''
  })
  const over = (event: DragEvent) => {
    if (!event.dataTransfer?.types.includes('Files')) return
    event.preventDefault()
    document.body.classList.toggle('dropping', event.type === 'dragover')
  }
  document.addEventListener('dragover', over, true)
  document.addEventListener('dragleave', () => document.body.classList.remove('dropping'))
  document.addEventListener(
    'drop',
    (event) => {
      over(event)
      void take(event.dataTransfer?.files[0])
    },
    true,
  )
}
