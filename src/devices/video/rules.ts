import type { RulePages } from '../../diagnostic/rule-page.ts'

export const rules = {
  'video/none-and-others': {
    why: '`none` says that libvirt is to add no card; beside a card it contradicts itself.',
    example: {
      in: 'devices',
      fails: `<video><model type='none'/></video>
<video><model type='virtio'/></video>`,
      mended: "<video><model type='none'/></video>",
    },
    links: ['https://libvirt.org/formatdomain.html'],
  },
  'video/other-hypervisor': {
    why: 'That card belongs to another hypervisor.',
    example: {
      in: 'devices',
      fails: "<video><model type='xen'/></video>",
      mended: "<video><model type='virtio'/></video>",
    },
    links: ['https://libvirt.org/formatdomain.html'],
  },
  'video/not-power-of-two': {
    why: "The memory of a qxl card's VGA mode is a power of two; libvirt raises the other sizes, and refuses this one.",
    example: {
      in: 'devices',
      fails: "<video><model type='qxl' vgamem='9000'/></video>",
      mended: "<video><model type='qxl' vgamem='16384'/></video>",
    },
    links: ['https://libvirt.org/formatdomain.html'],
  },
  'video/several-primary': {
    why: 'The primary card is the one that firmware draws on.',
    example: {
      in: 'devices',
      fails: `<video><model type='virtio' primary='yes'/></video>
<video><model type='virtio' primary='yes'/></video>`,
      mended: `<video><model type='virtio' primary='yes'/></video>
<video><model type='virtio'/></video>`,
    },
    links: ['https://libvirt.org/formatdomain.html'],
  },
} satisfies RulePages
