import type { RulePages } from '../../diagnostic/rule-page.ts'

const links = ['https://libvirt.org/formatdomain.html#hard-drives-floppy-disks-cdroms']

export const rules = {
  'disk/metadata-cache-format': {
    why: 'The tables that say where the pieces of an image are exist in qcow2 alone: of no other image does QEMU take such a size.',
    example: {
      in: 'devices',
      fails: `<disk type='file'>
  <driver name='qemu' type='raw'>
    <metadata_cache>
      <max_size unit='bytes'>1048576</max_size>
    </metadata_cache>
  </driver>
  <source file='/var/lib/libvirt/images/a.img'/>
  <target dev='vda' bus='virtio'/>
</disk>`,
      mended: `<disk type='file'>
  <driver name='qemu' type='raw'/>
  <source file='/var/lib/libvirt/images/a.img'/>
  <target dev='vda' bus='virtio'/>
</disk>`,
    },
    links,
  },
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
  'disk/data-store-format': {
    why: 'Only qcow2 can keep its data in another file than its tables.',
    example: {
      in: 'devices',
      fails: `<disk type='file'>
  <driver name='qemu' type='raw'/>
  <source file='/var/lib/libvirt/images/a.qcow2'>
    <dataStore type='file'>
      <format type='raw'/>
      <source file='/var/lib/libvirt/images/a.data'/>
    </dataStore>
  </source>
  <target dev='vda' bus='virtio'/>
</disk>`,
      mended: `<disk type='file'>
  <driver name='qemu' type='qcow2'/>
  <source file='/var/lib/libvirt/images/a.qcow2'>
    <dataStore type='file'>
      <format type='raw'/>
      <source file='/var/lib/libvirt/images/a.data'/>
    </dataStore>
  </source>
  <target dev='vda' bus='virtio'/>
</disk>`,
    },
    links,
  },
  'disk/data-store-raw': {
    why: 'The file with the data holds them as they are; the image says where.',
    example: {
      in: 'devices',
      fails: `<disk type='file'>
  <driver name='qemu' type='qcow2'/>
  <source file='/var/lib/libvirt/images/a.qcow2'>
    <dataStore type='file'>
      <format type='qcow2'/>
      <source file='/var/lib/libvirt/images/a.data'/>
    </dataStore>
  </source>
  <target dev='vda' bus='virtio'/>
</disk>`,
      mended: `<disk type='file'>
  <driver name='qemu' type='qcow2'/>
  <source file='/var/lib/libvirt/images/a.qcow2'>
    <dataStore type='file'>
      <format type='raw'/>
      <source file='/var/lib/libvirt/images/a.data'/>
    </dataStore>
  </source>
  <target dev='vda' bus='virtio'/>
</disk>`,
    },
    links,
  },
  'disk/throttle-group-unknown': {
    why: 'A filter holds the disk to the limits of a group that the guest lists.',
    example: {
      in: 'domain',
      fails: `<throttlegroups>
  <throttlegroup>
    <group_name>shared</group_name>
    <total_iops_sec>500</total_iops_sec>
  </throttlegroup>
</throttlegroups>
<devices>
  <disk type='file'>
    <source file='/var/lib/libvirt/images/a.img'/>
    <target dev='vda' bus='virtio'/>
    <throttlefilters>
      <throttlefilter group='other'/>
    </throttlefilters>
  </disk>
</devices>`,
      mended: `<throttlegroups>
  <throttlegroup>
    <group_name>shared</group_name>
    <total_iops_sec>500</total_iops_sec>
  </throttlegroup>
</throttlegroups>
<devices>
  <disk type='file'>
    <source file='/var/lib/libvirt/images/a.img'/>
    <target dev='vda' bus='virtio'/>
    <throttlefilters>
      <throttlefilter group='shared'/>
    </throttlefilters>
  </disk>
</devices>`,
    },
    links,
  },
  'disk/throttle-and-iotune': {
    why: 'QEMU limits a disk by itself, or by filters above it.',
    example: {
      in: 'domain',
      fails: `<throttlegroups>
  <throttlegroup>
    <group_name>shared</group_name>
    <total_iops_sec>500</total_iops_sec>
  </throttlegroup>
</throttlegroups>
<devices>
  <disk type='file'>
    <source file='/var/lib/libvirt/images/a.img'/>
    <target dev='vda' bus='virtio'/>
    <throttlefilters>
      <throttlefilter group='shared'/>
    </throttlefilters>
    <iotune>
      <total_iops_sec>100</total_iops_sec>
    </iotune>
  </disk>
</devices>`,
      mended: `<throttlegroups>
  <throttlegroup>
    <group_name>shared</group_name>
    <total_iops_sec>500</total_iops_sec>
  </throttlegroup>
</throttlegroups>
<devices>
  <disk type='file'>
    <source file='/var/lib/libvirt/images/a.img'/>
    <target dev='vda' bus='virtio'/>
    <throttlefilters>
      <throttlefilter group='shared'/>
    </throttlefilters>
  </disk>
</devices>`,
    },
    links,
  },
  'disk/histogram-order': {
    why: 'An operation is counted in the last bin that starts before its time.',
    example: {
      in: 'devices',
      fails: `<disk type='file'>
  <driver name='qemu' type='raw'>
    <statistics>
      <latency-histogram>
        <bin start='1000'/>
        <bin start='0'/>
      </latency-histogram>
    </statistics>
  </driver>
  <source file='/var/lib/libvirt/images/a.img'/>
  <target dev='vda' bus='virtio'/>
</disk>`,
      mended: `<disk type='file'>
  <driver name='qemu' type='raw'>
    <statistics>
      <latency-histogram>
        <bin start='0'/>
        <bin start='1000'/>
      </latency-histogram>
    </statistics>
  </driver>
  <source file='/var/lib/libvirt/images/a.img'/>
  <target dev='vda' bus='virtio'/>
</disk>`,
    },
    links,
  },
  'disk/dpofua-bus': {
    why: 'DPO and FUA are bits of SCSI commands.',
    example: {
      in: 'devices',
      fails: `<disk type='file'>
  <source file='/var/lib/libvirt/images/a.img'/>
  <target dev='vda' bus='virtio' dpofua='on'/>
</disk>`,
      mended: `<disk type='file'>
  <source file='/var/lib/libvirt/images/a.img'/>
  <target dev='sda' bus='scsi' dpofua='on'/>
</disk>`,
    },
    links,
  },
} satisfies RulePages
