import type { RulePages } from '../../diagnostic/rule-page.ts'

const links = ['https://libvirt.org/formatdomain.html#controllers']

export const rules = {
  'controller/nvme-without-serial': {
    why: 'QEMU starts no NVMe controller without a serial number; guests know their disks by it.',
    example: {
      in: 'devices',
      fails: `<disk type='file'>
  <source file='/var/lib/libvirt/images/a.img'/>
  <target dev='nvme0n1' bus='nvme'/>
</disk>`,
      mended: `<disk type='file'>
  <source file='/var/lib/libvirt/images/a.img'/>
  <target dev='nvme0n1' bus='nvme'/>
  <serial>S4EWNX0M</serial>
</disk>`,
    },
    links,
  },
  'controller/nvme-serial-differs': {
    why: 'The disks of an NVMe controller are namespaces, and the serial number is the controller’s.',
    example: {
      in: 'devices',
      fails: `<controller type='nvme' index='0'>
  <serial>S4EWNX0M</serial>
</controller>
<disk type='file'>
  <source file='/var/lib/libvirt/images/a.img'/>
  <target dev='nvme0n1' bus='nvme'/>
  <serial>S4EWNX0N</serial>
</disk>`,
      mended: `<controller type='nvme' index='0'>
  <serial>S4EWNX0M</serial>
</controller>
<disk type='file'>
  <source file='/var/lib/libvirt/images/a.img'/>
  <target dev='nvme0n1' bus='nvme'/>
</disk>`,
    },
    links,
  },
  'controller/without-device': {
    why: 'A definition brought along from Xen names its bus, which QEMU has no device for.',
    example: {
      in: 'devices',
      fails: "<controller type='xenbus' maxGrantFrames='64'/>",
      mended: '',
    },
    links,
  },
  'controller/iothread-twice': {
    why: 'One thread serves all virtqueues, or several share them.',
    example: {
      in: 'domain',
      fails: `<iothreads>2</iothreads>
<devices>
  <controller type='scsi' model='virtio-scsi'>
    <driver iothread='1'>
      <iothreads>
        <iothread id='2'/>
      </iothreads>
    </driver>
  </controller>
</devices>`,
      mended: `<iothreads>2</iothreads>
<devices>
  <controller type='scsi' model='virtio-scsi'>
    <driver>
      <iothreads>
        <iothread id='1'/>
        <iothread id='2'/>
      </iothreads>
    </driver>
  </controller>
</devices>`,
    },
    links,
  },
} satisfies RulePages
