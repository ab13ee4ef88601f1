import type { RulePages } from '../diagnostic/rule-page.ts'

export const rules = {
  'xml/mismatched-end-tag': {
    why: 'An element ends with its own name; nothing behind the wrong end can be read.',
    example: {
      in: 'document',
      fails: `<domain type='kvm'>
  <name>a</nam>
</domain>`,
      mended: `<domain type='kvm'>
  <name>a</name>
  <memory>1048576</memory>
  <os><type arch='x86_64'>hvm</type></os>
</domain>`,
    },
    links: ['https://www.w3.org/TR/xml/'],
  },
  'xml/duplicate-attribute': {
    why: "Which of two values counts is nobody's to guess: XML allows one.",
    example: {
      in: 'document',
      fails: "<domain type='kvm' type='qemu'/>",
      mended: `<domain type='kvm'>
  <name>a</name>
  <memory>1048576</memory>
  <os><type arch='x86_64'>hvm</type></os>
</domain>`,
    },
    links: ['https://www.w3.org/TR/xml/'],
  },
  'xml/missing-value': {
    why: 'A value stands in quotes, single or double.',
    example: {
      in: 'document',
      fails: '<domain type=kvm/>',
      mended: `<domain type='kvm'>
  <name>a</name>
  <memory>1048576</memory>
  <os><type arch='x86_64'>hvm</type></os>
</domain>`,
    },
    links: ['https://www.w3.org/TR/xml/'],
  },
  'xml/doctype': {
    why: 'Entities of a document type can read other files and grow without end, and no domain needs one.',
    example: {
      in: 'document',
      fails: `<!DOCTYPE domain>
<domain type='kvm'/>`,
      mended: `<domain type='kvm'>
  <name>a</name>
  <memory>1048576</memory>
  <os><type arch='x86_64'>hvm</type></os>
</domain>`,
    },
    links: ['https://www.w3.org/TR/xml/'],
  },
  'xml/unclosed-element': {
    why: 'Often a file that was cut off while it was written or copied.',
    example: {
      in: 'document',
      fails: "<domain type='kvm'><name>a</name>",
      mended: `<domain type='kvm'>
  <name>a</name>
  <memory>1048576</memory>
  <os><type arch='x86_64'>hvm</type></os>
</domain>`,
    },
    links: ['https://www.w3.org/TR/xml/'],
  },
  'xml/second-root': {
    why: 'A document has one root. Several guests go into several files, or into <domains>.',
    example: {
      in: 'document',
      fails: `<domain type='kvm'/>
<domain type='kvm'/>`,
      mended: `<domains>
<domain type='kvm'>
  <name>a</name>
  <memory>1048576</memory>
  <os><type arch='x86_64'>hvm</type></os>
</domain>
</domains>`,
    },
    links: ['https://www.w3.org/TR/xml/'],
  },
  'xml/malformed-reference': {
    why: 'An ampersand begins a reference; the character itself is written &amp;.',
    example: {
      in: 'document',
      fails: "<domain type='kvm'><title>a & b</title></domain>",
      mended: `<domain type='kvm'>
  <name>a</name>
  <title>a &amp; b</title>
  <memory>1048576</memory>
  <os><type arch='x86_64'>hvm</type></os>
</domain>`,
    },
    links: ['https://www.w3.org/TR/xml/'],
  },
  'xml/undeclared-entity': {
    why: 'XML knows five names; those of HTML are not among them.',
    example: {
      in: 'document',
      fails: "<domain type='kvm'><title>&nbsp;</title></domain>",
      mended: `<domain type='kvm'>
  <name>a</name>
  <title>&#160;</title>
  <memory>1048576</memory>
  <os><type arch='x86_64'>hvm</type></os>
</domain>`,
    },
    links: ['https://www.w3.org/TR/xml/'],
  },
  'xml/text-outside-root': {
    why: 'Perhaps the wrong file, or the message of a command that failed.',
    example: {
      in: 'document',
      fails: 'hello',
      mended: `<domain type='kvm'>
  <name>a</name>
  <memory>1048576</memory>
  <os><type arch='x86_64'>hvm</type></os>
</domain>`,
    },
    links: ['https://www.w3.org/TR/xml/'],
  },
  'xml/no-root': {
    why: 'An empty file: a redirection whose command failed leaves one.',
    example: {
      in: 'document',
      fails: '',
      mended: `<domain type='kvm'>
  <name>a</name>
  <memory>1048576</memory>
  <os><type arch='x86_64'>hvm</type></os>
</domain>`,
    },
    links: ['https://www.w3.org/TR/xml/'],
  },
  'xml/hyphens-in-comment': {
    why: "Two hyphens end a comment in XML's grammar, so libvirt refuses the whole document. Write a colon or a single dash.",
    example: {
      in: 'document',
      fails: "<domain type='kvm'><!-- a -- b --></domain>",
      mended: `<domain type='kvm'>
  <name>a</name><!-- a: b -->
  <memory>1048576</memory>
  <os><type arch='x86_64'>hvm</type></os>
</domain>`,
    },
    links: ['https://www.w3.org/TR/xml/'],
  },
  'xml/unclosed-comment': {
    why: "Everything behind the comment's beginning belongs to it.",
    example: {
      in: 'document',
      fails: "<domain type='kvm'><!-- a </domain>",
      mended: `<domain type='kvm'>
  <name>a</name><!-- a -->
  <memory>1048576</memory>
  <os><type arch='x86_64'>hvm</type></os>
</domain>`,
    },
    links: ['https://www.w3.org/TR/xml/'],
  },
} satisfies RulePages
