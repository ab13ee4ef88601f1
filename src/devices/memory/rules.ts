import type { RulePages } from '../../lint/rules/page.ts'

export const rules = {
  'memory/hotplug-without-numa': {
    why: 'Memory is plugged into a NUMA cell: without one there is no place for it.',
    example: {
      in: 'domain',
      fails: `<memory unit='MiB'>1024</memory>
<maxMemory slots='4' unit='GiB'>8</maxMemory>`,
      mended: `<memory unit='MiB'>1024</memory>
<maxMemory slots='4' unit='GiB'>8</maxMemory>
<cpu>
  <numa>
    <cell id='0' cpus='0' memory='1024' unit='MiB'/>
  </numa>
</cpu>`,
    },
    links: ['https://libvirt.org/formatdomain.html'],
  },
} satisfies RulePages
