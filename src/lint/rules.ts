import type { RulePages } from '../diagnostic/rule-page.ts'

export const rules = {
  'lint/unused-directive': {
    why: 'A comment that disables nothing hides the next finding of its code in that place: it outlived its reason, or its code is misspelt.',
    example: {
      in: 'devices',
      fails: `<!-- domxml-disable-next-line disk/none-such -->
<input type='tablet' bus='usb'/>`,
      mended: "<input type='tablet' bus='usb'/>",
    },
    links: ['https://libvirt.org/formatdomain.html'],
  },
  'lint/directive-without-code': {
    why: 'Comments name what they disable, so that new findings are still told.',
    example: {
      in: 'devices',
      fails: `<!-- domxml-disable-next-line -->
<input type='tablet' bus='usb'/>`,
      mended: "<input type='tablet' bus='usb'/>",
    },
    links: ['https://libvirt.org/formatdomain.html'],
  },
  'lint/unknown-directive': {
    why: 'The comment looks as if it disabled something.',
    example: {
      in: 'devices',
      fails: `<!-- domxml-disable-nextline element/unknown -->
<input type='tablet' bus='usb'/>`,
      mended: "<input type='tablet' bus='usb'/>",
    },
    links: ['https://libvirt.org/formatdomain.html'],
  },
} satisfies RulePages
