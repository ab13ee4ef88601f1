import { expect, test } from 'vitest'
import { guest } from '../../../tests/guest.ts'

test('threads are named also where nothing is allocated ahead', async () => {
  const { options } = await guest('', { sections: "<memoryBacking><allocation threads='3'/></memoryBacking>" })
  expect(options('-object').join()).toMatch(/"memory-backend-ram","id":"pc.ram","prealloc-threads":3,"size"/)
})

test('of several mounts without a default nobody guesses; one alone is it', async () => {
  const mount = (sizeKiB: number) => ({ mount: `/huge-${sizeKiB}`, sizeKiB, default: false })
  const started = (...hugetlbfs: ReturnType<typeof mount>[]) =>
    guest('', { sections: '<memoryBacking><hugepages/></memoryBacking>', config: { hugetlbfs } })
  expect((await started(mount(2048), mount(1048576))).codes).toEqual(['memory-backing/no-hugetlbfs'])
  expect((await started(mount(1048576))).lines.join(' ')).toContain('/huge-1048576')
})
