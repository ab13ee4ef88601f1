import { escapeCommas } from '../../argv/key-value.ts'
import { type From, of, type Piece, rule } from '../../argv/piece.ts'
import type { Context } from '../../context/context.ts'
import type { Section } from '../../context/unit.ts'
import { hostFact } from '../../origin/origin.ts'
import type { FirmwareBlobs, Smbios } from './element.ts'
import { launchSysinfo } from './launch.ts'
import { checkSysinfo } from './validate.ts'

interface Fact {
  readonly name?: string | undefined
  readonly value: string | undefined
}

/** A block of SMBIOS; commas in a text are doubled. Texts without a name are the strings of block 11. */
function printBlock(type: number, entries: readonly Fact[], from: (entry: Fact) => From): Piece[] {
  return entries.map((entry, index) => ({
    text: `${index === 0 ? `type=${type}` : ''},${entry.name ?? 'value'}=${escapeCommas(entry.value ?? '')}`,
    from: from(entry),
  }))
}

/** Commas stay as they are (libvirt 11.3 and 12.8 asked): QEMU reads what follows as another option. */
function printBlob(entry: FirmwareBlobs['entry'][number]): Piece[] {
  const { name, value, file } = entry
  return [
    { text: `name=${name}`, from: of(entry, 'name') },
    ...(value === undefined ? [] : [{ text: `,string=${value}`, from: of(entry, 'value') }]),
    ...(file === undefined ? [] : [{ text: `,file=${file}`, from: of(entry, 'file') }]),
  ]
}

/** A board or case has a manufacturer, if only an empty one, lest QEMU's own stands there. Source: libvirt 11.3 and 12.8. */
function withManufacturer(facts: readonly Fact[] = []): readonly Fact[] {
  const isTold = facts.length === 0 || facts.some(({ name }) => name === 'manufacturer')
  return isTold ? facts : [{ name: 'manufacturer', value: '' }, ...facts]
}

interface Tables {
  readonly blocks: readonly (readonly [type: number, entries: readonly Fact[]])[]
  readonly from: (entry: Fact) => From
}

/** The tables that the guest gets beside QEMU's own: of the domain, or those of the host. */
function tablesOf({ definition, host }: Context): Tables | undefined {
  const mode = definition.os.smbios?.mode
  const { smbios } = host
  if (mode === 'host' && smbios !== undefined) {
    const { bios, system, baseBoard, chassis } = smbios
    const from = hostFact("the host's SMBIOS tables")
    // The guest keeps a UUID of its own.
    const own = system.filter(({ name }) => name !== 'uuid')
    return {
      blocks: [
        [0, bios],
        [1, own],
        [2, baseBoard],
        [3, chassis],
      ],
      from: () => from,
    }
  }
  const given = definition.sysinfo.find((it): it is Smbios => it.type === 'smbios')
  if (mode !== 'sysinfo' || given === undefined) return undefined
  const { bios, system, baseBoard, chassis, oemStrings } = given
  return {
    blocks: [
      [0, bios?.entry ?? []],
      [1, system?.entry ?? []],
      ...baseBoard.map(({ entry }): [number, readonly Fact[]] => [2, withManufacturer(entry)]),
      [3, withManufacturer(chassis?.entry)],
      [11, oemStrings?.entry ?? []],
    ],
    from: (entry) => (entry.value === '' ? rule('sysinfo/manufacturer') : of(entry, 'value')),
  }
}

export const sysinfoSection = {
  validate: checkSysinfo,
  argv: {
    smbios: (context, out) => {
      const tables = tablesOf(context)
      for (const [type, entries] of tables?.blocks ?? []) out.option('-smbios', printBlock(type, entries, tables!.from))
    },
    blobs: ({ definition }, out) => {
      const blobs = definition.sysinfo.filter((it): it is FirmwareBlobs => it.type === 'fwcfg')
      for (const entry of blobs.flatMap((it) => it.entry)) {
        out.option('-fw_cfg', printBlob(entry))
      }
    },
  },
  launch: launchSysinfo,
} satisfies Section
