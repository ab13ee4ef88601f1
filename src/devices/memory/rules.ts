import type { RulePages } from '../../diagnostic/rule-page.ts'

export const rules = {
  'memory/pmem-cell': {
    why: 'The guest finds the device on PCI and decides itself what it is; no table tells it a NUMA cell.',
    example: {
      in: 'domain',
      fails: `<memory unit='MiB'>2048</memory>
<maxMemory slots='4' unit='GiB'>8</maxMemory>
<devices>
  <memory model='virtio-pmem' access='shared'>
    <source>
      <path>/var/lib/pmem</path>
    </source>
    <target>
      <size unit='MiB'>1024</size>
      <node>0</node>
    </target>
  </memory>
</devices>`,
      mended: `<memory unit='MiB'>2048</memory>
<maxMemory slots='4' unit='GiB'>8</maxMemory>
<devices>
  <memory model='virtio-pmem' access='shared'>
    <source>
      <path>/var/lib/pmem</path>
    </source>
    <target>
      <size unit='MiB'>1024</size>
    </target>
  </memory>
</devices>`,
    },
    links: ['https://libvirt.org/formatdomain.html#memory-devices'],
  },
  'memory/hotplug-without-numa': {
    why: 'Memory is plugged into a NUMA cell. A new guest gets one of what its memory devices leave of its memory: here nothing.',
    example: {
      in: 'domain',
      fails: `<memory unit='MiB'>1024</memory>
<maxMemory slots='4' unit='GiB'>8</maxMemory>
<devices>
  <memory model='dimm'>
    <target>
      <size unit='MiB'>1024</size>
    </target>
  </memory>
</devices>`,
      mended: `<memory unit='MiB'>2048</memory>
<maxMemory slots='4' unit='GiB'>8</maxMemory>
<devices>
  <memory model='dimm'>
    <target>
      <size unit='MiB'>1024</size>
    </target>
  </memory>
</devices>`,
    },
    links: ['https://libvirt.org/formatdomain.html'],
  },
} satisfies RulePages
