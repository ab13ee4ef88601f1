import { list, type Of, oneOf, open, optional, record, text } from '../json/shape.ts'

const flashFile = open(
  record('A file of a flash device.', { filename: text('Its path.'), format: text('raw or qcow2.') }),
)

/** A firmware descriptor (source: QEMU docs/interop/firmware.json). */
export const firmwareShape = open(
  record("A firmware descriptor of QEMU's docs/interop/firmware.json.", {
    description: optional(text('For people.')),
    'interface-types': list('What it offers to a guest.', text('uefi, bios, openfirmware or uboot.')),
    mapping: open(
      record('How it is given to the guest.', {
        device: oneOf('As what.', 'flash', 'kernel', 'memory'),
        mode: optional(oneOf('For flash: how variables are kept; missing: split.', 'split', 'combined', 'stateless')),
        executable: optional(flashFile),
        'nvram-template': optional(flashFile),
        filename: optional(text('For kernel and memory: its path.')),
        'uefi-vars': optional(
          open(
            record("For memory: how QEMU's own device keeps variables.", {
              template: text('What they are made from.'),
            }),
          ),
        ),
      }),
    ),
    targets: list(
      'Machines it runs on.',
      open(
        record('A target.', {
          architecture: text("QEMU's name of the architecture."),
          machines: list('Globs over machine types.', text('A glob.')),
        }),
      ),
    ),
    features: list('Its features.', text('A feature.')),
    tags: optional(list('Free words.', text('A word.'))),
  }),
)

/** A vhost-user descriptor (source: QEMU docs/interop/vhost-user.json). */
export const vhostUserShape = open(
  record("A vhost-user descriptor of QEMU's docs/interop/vhost-user.json.", {
    description: optional(text('For people.')),
    type: text('Kind of device: gpu, fs, block …'),
    binary: text('The program.'),
    tags: optional(list('Free words.', text('A word.'))),
    features: optional(list('Features that the program itself prints for --print-capabilities.', text('A feature.'))),
  }),
)

const found = <T>(what: string, descriptor: { schema: Readonly<Record<string, unknown>>; carries?: T }) =>
  record(what, { path: text('Where it was found.'), descriptor })

export const firmwareDescriptorsShape = list(
  'Firmware descriptors in order of precedence.',
  found('A descriptor and its file.', firmwareShape),
)
export const vhostUserDescriptorsShape = list(
  'vhost-user descriptors in order of precedence.',
  found('A descriptor and its file.', vhostUserShape),
)

export type Firmware = Of<typeof firmwareShape>
export type VhostUserProgram = Of<typeof vhostUserShape>
export type FirmwareDescriptors = Of<typeof firmwareDescriptorsShape>
export type VhostUserDescriptors = Of<typeof vhostUserDescriptorsShape>

/** A descriptor file as found on disk. */
export interface DescriptorFile {
  /** Absolute path. */
  readonly path: string
  readonly text: string
}

/**
 * Puts descriptor files in order: the first folder's file of a name hides the same name in later folders, an empty file
 * hides it without replacing it, and what remains is sorted by file name
 * (source: "Management software" in QEMU's docs/interop/firmware.json).
 * @param folders in order of precedence, the most specific first
 */
export function inPrecedence(folders: readonly string[], files: readonly DescriptorFile[]): DescriptorFile[] {
  const byName = new Map<string, DescriptorFile>()
  for (const folder of folders) {
    for (const file of files) {
      const cut = file.path.lastIndexOf('/')
      const name = file.path.slice(cut + 1)
      if (file.path.slice(0, cut) === folder && name.endsWith('.json') && !byName.has(name)) byName.set(name, file)
    }
  }
  return [...byName]
    .filter(([, file]) => file.text.trim() !== '')
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([, file]) => file)
}
