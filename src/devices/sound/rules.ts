import type { RulePages } from '../../diagnostic/rule-page.ts'

export const rules = {
  'sound/codec-without-hda': {
    why: 'Codecs hang on a High Definition Audio controller (ich6, ich9); other cards have none.',
    example: {
      in: 'devices',
      fails: `<sound model='sb16'>
  <codec type='duplex'/>
</sound>`,
      mended: `<sound model='ich9'>
  <codec type='duplex'/>
</sound>`,
    },
    links: ['https://libvirt.org/formatdomain.html'],
  },
} satisfies RulePages
