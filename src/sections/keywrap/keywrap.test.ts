import { expect, test } from 'vitest'
import { answer } from '../../../tests/mistakes/answer.ts'

const told = async (ciphers: string) => {
  const found = await answer(`<domain type='qemu'><name>a</name><memory>1048576</memory><vcpu>1</vcpu>
<os><type arch='s390x'>hvm</type></os><keywrap>${ciphers}</keywrap></domain>`)
  return found.map(([, code]) => code).filter((code) => !code.startsWith('host/'))
}

test('a cipher stands once', async () => {
  expect(await told("<cipher name='aes' state='on'/>\n<cipher name='aes' state='off'/>")).toContain('keywrap/duplicate')
})

test('ciphers without a name are not the same one', async () => {
  expect(await told("<cipher state='on'/>\n<cipher state='on'/>")).toEqual(['attribute/missing', 'attribute/missing'])
})
