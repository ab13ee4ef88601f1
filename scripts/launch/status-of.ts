import { existsSync } from 'node:fs'
import { connect } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { QmpClient } from '../../src/capabilities/probe/qmp-client.ts'

/** What QEMU itself says of a guest that is being started, once it is no longer being made. */
export async function statusOf(socket: string): Promise<string> {
  while (!existsSync(socket)) await pause(50)
  const connection = connect(socket)
  const client = new QmpClient((text) => connection.write(text))
  connection.on('data', (chunk: Buffer) => client.receive(chunk))
  connection.on('close', () => client.close('QEMU has hung up'))
  await client.greeting
  await client.ask({ execute: 'qmp_capabilities' }, 60_000)
  for (;;) {
    const { return: value } = await client.ask({ execute: 'query-status' }, 60_000)
    const { status } = value as { status: string }
    if (status !== 'prelaunch') {
      connection.destroy()
      return status
    }
    await pause(50)
  }
}
