import type { RulePages } from '../../diagnostic/rule-page.ts'

export const rules = {
  'interface/teaming-partner-of-persistent': {
    why: 'The half that leaves names the alias of the one that stays; two names could contradict each other.',
    example: {
      in: 'devices',
      fails: `<interface type='user'>
  <mac address='52:54:00:00:00:01'/>
  <model type='virtio'/>
  <teaming type='persistent' persistent='ua-other'/>
</interface>`,
      mended: `<interface type='user'>
  <mac address='52:54:00:00:00:01'/>
  <model type='virtio'/>
  <teaming type='persistent'/>
</interface>`,
    },
    links: ['https://libvirt.org/formatdomain.html'],
  },
  'interface/multicast-mac': {
    why: 'The lowest bit of the first byte marks a group of cards: no card may send from such an address, and switches drop its frames.',
    example: {
      in: 'devices',
      fails: `<interface type='user'>
  <mac address='01:00:5e:00:00:01'/>
</interface>`,
      mended: `<interface type='user'>
  <mac address='52:54:00:00:00:01'/>
</interface>`,
    },
    links: ['https://libvirt.org/formatdomain.html'],
  },
  'interface/reconnect-server': {
    why: 'A server waits to be called; only who calls can call again.',
    example: {
      in: 'devices',
      fails: `<interface type='vhostuser'>
  <source type='unix' path='/run/a.sock' mode='server'>
    <reconnect enabled='yes' timeout='5'/>
  </source>
  <model type='virtio'/>
</interface>`,
      mended: "<interface type='user'/>",
    },
    links: ['https://libvirt.org/formatdomain.html'],
  },
  'interface/reconnect-without-timeout': {
    why: 'libvirt takes no time of its own for a connection that is to be made again, and does not define the guest.',
    example: {
      in: 'devices',
      fails: `<interface type='vhostuser'>
  <source type='unix' path='/run/a.sock' mode='client'>
    <reconnect enabled='yes'/>
  </source>
  <model type='virtio'/>
</interface>`,
      mended: "<interface type='user'/>",
    },
    links: ['https://libvirt.org/formatdomain.html'],
  },
} satisfies RulePages
