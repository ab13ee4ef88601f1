import { escapeCommas } from '../../argv/key-value.ts'
import { of, type Piece } from '../../argv/piece.ts'
import { Properties } from '../../argv/properties.ts'
import type { Context } from '../../context/context.ts'
import type { Section } from '../../context/unit.ts'
import type { FirmwareBlobs, Smbios } from './element.ts'
import { launchSysinfo } from './launch.ts'
import { checkSysinfo } from './validate.ts'

interface Fact {
  readonly name?: string | undefined
  readonly value: string | undefined
}

/** A block of SMBIOS; commas in a text are doubled. Texts without a name are the strings of block 11. */
function printBlock(type: number, entries: readonly Fact[]): Piece[] {
  return entries.map((entry, index) => ({
    text: `${index === 0 ? `type=${type}` : ''},${entry.name ?? 'value'}=${escapeCommas(entry.value ?? '')}`,
    from: of(entry, 'value'),
  }))
}

function smbiosOf({ definition }: Context): Smbios | undefined {
  if (definition.os.smbios?.mode !== 'sysinfo') return undefined
  return definition.sysinfo.find((it): it is Smbios => it.type === 'smbios')
}

export const sysinfoSection = {
  validate: checkSysinfo,
  argv: {
    smbios: (context, out) => {
      const smbios = smbiosOf(context)
      if (smbios === undefined) return
      out.option('-smbios', printBlock(0, smbios.bios?.entry ?? []))
      out.option('-smbios', printBlock(1, smbios.system?.entry ?? []))
      for (const board of smbios.baseBoard) out.option('-smbios', printBlock(2, board.entry))
      out.option('-smbios', printBlock(3, smbios.chassis?.entry ?? []))
      out.option('-smbios', printBlock(11, smbios.oemStrings?.entry ?? []))
    },
    blobs: ({ definition }, out) => {
      const blobs = definition.sysinfo.filter((it): it is FirmwareBlobs => it.type === 'fwcfg')
      for (const entry of blobs.flatMap((it) => it.entry)) {
        out.keyValue(
          '-fw_cfg',
          new Properties().field('name', entry, 'name').field('string', entry, 'value').field('file', entry, 'file'),
        )
      }
    },
  },
  launch: launchSysinfo,
} satisfies Section
