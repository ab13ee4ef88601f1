import { expect, test } from 'vitest'
import { guest } from '../../../tests/guest.ts'

test('threads are named also where nothing is allocated ahead', async () => {
  const { options } = await guest('', { sections: "<memoryBacking><allocation threads='3'/></memoryBacking>" })
  expect(options('-object').join()).toMatch(/"memory-backend-ram","id":"pc.ram","prealloc-threads":3,"size"/)
})
