import type { RulePages } from '../../diagnostic/rule-page.ts'

export const rules = {
  'vsock/missing-cid': {
    why: 'Without an address nobody on the host can reach the guest, and libvirt was forbidden to choose one.',
    example: {
      in: 'devices',
      fails: `<vsock model='virtio'>
  <cid auto='no'/>
</vsock>`,
      mended: `<vsock model='virtio'>
  <cid auto='no' address='3'/>
</vsock>`,
    },
    links: ['https://libvirt.org/formatdomain.html'],
  },
  'vsock/several': {
    why: "A guest has one address on the host's socket bus.",
    example: {
      in: 'devices',
      fails: `<vsock><cid auto='yes'/></vsock>
<vsock><cid auto='yes'/></vsock>`,
      mended: "<vsock><cid auto='yes'/></vsock>",
    },
    links: ['https://libvirt.org/formatdomain.html'],
  },
} satisfies RulePages
