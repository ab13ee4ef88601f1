import type { RulePages } from '../../lint/rules/page.ts'

const links = ['https://libvirt.org/formatdomain.html#hard-drives-floppy-disks-cdroms']

export const rules = {
  'disk/fat-directory': {
    why: 'The format fat is how QEMU shows a directory; it opens no image and shows a directory in no other way.',
    example: {
      in: 'devices',
      fails: `<disk type='file'>
  <driver name='qemu' type='fat'/>
  <source file='/var/lib/libvirt/images/a.img'/>
  <target dev='vda' bus='virtio'/>
  <readonly/>
</disk>`,
      mended: `<disk type='file'>
  <driver name='qemu' type='raw'/>
  <source file='/var/lib/libvirt/images/a.img'/>
  <target dev='vda' bus='virtio'/>
  <readonly/>
</disk>`,
    },
    links,
  },
  'disk/fat-writable': {
    why: 'Writes of the guest through a FAT file system that QEMU makes up would spoil the directory.',
    example: {
      in: 'devices',
      fails: `<disk type='dir'>
  <driver name='qemu' type='fat'/>
  <source dir='/srv/drivers'/>
  <target dev='vda' bus='virtio'/>
</disk>`,
      mended: `<disk type='dir'>
  <driver name='qemu' type='fat'/>
  <source dir='/srv/drivers'/>
  <target dev='vda' bus='virtio'/>
  <readonly/>
</disk>`,
    },
    links,
  },
} satisfies RulePages
