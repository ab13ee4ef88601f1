import { answers } from './answers.ts'
import type { Answered, Asked, Name } from './protocol.ts'

self.onmessage = async ({ data }: MessageEvent<Asked>) => {
  self.postMessage(await answered(data))
}

async function answered<N extends Name>({ id, name, ask }: Asked<N>): Promise<Answered> {
  try {
    return { id, answer: await answers[name](ask) }
  } catch (error) {
    return { id, problem: error instanceof Error ? error.message : String(error) }
  }
}
