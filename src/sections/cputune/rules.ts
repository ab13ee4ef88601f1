import type { RulePages } from '../../diagnostic/rule-page.ts'

export const rules = {
  'cputune/pinned-twice': {
    why: 'Two sets of host CPUs for one virtual CPU: which one counts cannot be told.',
    example: {
      in: 'domain',
      fails: `<vcpu>2</vcpu>
<cputune>
  <vcpupin vcpu='0' cpuset='1'/>
  <vcpupin vcpu='0' cpuset='2'/>
</cputune>`,
      mended: `<vcpu>2</vcpu>
<cputune>
  <vcpupin vcpu='0' cpuset='1'/>
  <vcpupin vcpu='1' cpuset='2'/>
</cputune>`,
    },
    links: ['https://libvirt.org/formatdomain.html'],
  },
  'cputune/scheduler-without-priority': {
    why: 'The real-time schedulers order by priority, and have no default.',
    example: {
      in: 'domain',
      fails: `<cputune>
  <vcpusched vcpus='0' scheduler='fifo'/>
</cputune>`,
      mended: `<cputune>
  <vcpusched vcpus='0' scheduler='fifo' priority='1'/>
</cputune>`,
    },
    links: ['https://libvirt.org/formatdomain.html'],
  },
} satisfies RulePages
