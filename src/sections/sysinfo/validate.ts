import { uuid } from '../../codec/uuid.ts'
import type { Context } from '../../context/context.ts'
import { asked } from '../../host/asked.ts'
import type { FirmwareBlobs, Smbios } from './element.ts'

/** Names that QEMU and its firmware keep for themselves (QEMU: docs/specs/fw_cfg). */
const reserved = ['opt/ovmf/', 'opt/org.qemu/']

export function checkSysinfo(context: Context): void {
  const { definition } = context
  checkMode(context)
  for (const it of definition.sysinfo) {
    if (it.type === 'fwcfg') checkBlobs(it, context)
    else checkSmbios(it, context)
  }
}

function checkMode(context: Context): void {
  const { os, sysinfo } = context.definition
  if (os.smbios?.mode === 'sysinfo' && !sysinfo.some((it) => it.type === 'smbios')) {
    context.error({
      code: 'sysinfo/missing',
      message: "The SMBIOS tables shall come from <sysinfo type='smbios'>, and there is none.",
      hint: "Add it, or write <smbios mode='emulate'/>.",
      at: os.smbios,
      field: 'mode',
    })
  }
  if (os.smbios?.mode === 'host') {
    context.ask(asked.smbios, context.host.smbios, { at: os.smbios, field: 'mode' })
  }
}

/** mm/dd/yy or mm/dd/yyyy (formatdomain, "SMBIOS System Information"). */
function isDate(value: string): boolean {
  const parts = /^(\d{1,2})\/(\d{1,2})\/(\d{2}|\d{4})$/.exec(value)
  if (!parts) return false
  const [month, day, year] = [Number(parts[1]), Number(parts[2]), Number(parts[3])]
  return month >= 1 && month <= 12 && day >= 1 && day <= 31 && (year < 100 || year >= 1900)
}

/** Source: libvirt 11.3 and 12.8; boards of which nothing is said do not count. */
function checkBoards({ baseBoard }: Smbios, context: Context): void {
  const [, second] = baseBoard.filter(({ entry }) => entry.length > 0)
  if (second === undefined || context.definition.os.smbios?.mode !== 'sysinfo') return
  context.error({
    code: 'sysinfo/second-board',
    when: 'start',
    message: 'QEMU takes the facts of one base board.',
    hint: 'Keep one <baseBoard>.',
    at: second,
  })
}

function checkSmbios(smbios: Smbios, context: Context): void {
  checkBoards(smbios, context)
  const date = smbios.bios?.entry.find((it) => it.name === 'date')
  if (date?.value !== undefined && !isDate(date.value)) {
    context.error({
      code: 'sysinfo/date',
      message: `"${date.value}" is not a date of a BIOS.`,
      hint: 'Write mm/dd/yyyy.',
      at: date,
    })
  }
  const id = smbios.system?.entry.find((it) => it.name === 'uuid')
  if (id?.value === undefined) return
  const parsed = uuid.parse(id.value)
  // What the guest reads: of its hardware, where that differs (oracle: 12.8).
  const own = context.definition.hwuuid ?? context.definition.uuid
  if (typeof parsed === 'object' || parsed !== own) {
    context.error({
      code: 'sysinfo/uuid',
      message: 'The UUID in <sysinfo> is not that of the guest.',
      hint: `Write ${own}, or remove the entry.`,
      at: id,
    })
  }
}

function checkBlobs(blobs: FirmwareBlobs, context: Context): void {
  for (const entry of blobs.entry) {
    const refuse = (code: string, message: string, hint: string) => context.error({ code, message, hint, at: entry })
    // Without a name it was refused when it was read.
    if (!entry.name) continue
    if (!entry.name.startsWith('opt/')) {
      refuse('sysinfo/blob-name', `The blob "${entry.name}" lies outside of opt/.`, 'Write opt/REVERSED-DOMAIN/NAME.')
    } else if (reserved.some((prefix) => entry.name.startsWith(prefix))) {
      refuse('sysinfo/blob-name', `The name "${entry.name}" is kept for QEMU and its firmware.`, 'Take another name.')
    }
    if (`${entry.name}${entry.value ?? entry.file ?? ''}`.includes(',')) {
      context.warn({
        code: 'sysinfo/blob-comma',
        message: `QEMU reads what follows the comma in the blob "${entry.name}" as another option, and refuses it.`,
        hint: 'Give the blob as a file whose path has no comma.',
        at: entry,
      })
    }
    if ((entry.value === undefined) === (entry.file === undefined)) {
      refuse('sysinfo/blob-value', `The blob "${entry.name}" needs either a text or a file.`, 'Give one of the two.')
    }
  }
}
