import { describe, expect, test } from 'vitest'
import { guest } from '../../../tests/guest.ts'

const audioOf = (xml: string | undefined) => [...(xml ?? '').matchAll(/<audio [^>]*>/g)].map(([text]) => text)
const environment = (values: Record<string, string>) => ({ host: { environment: values } })

describe('the backend where none is named', () => {
  test('SPICE carries its own, whatever stands beside it', async () => {
    const { xml } = await guest("<graphics type='vnc'/><graphics type='spice'/>", {
      ...environment({ QEMU_AUDIO_DRV: 'alsa' }),
      config: { vncAllowHostAudio: true },
    })
    expect(audioOf(xml)).toEqual(["<audio id='1' type='spice'/>"])
  })

  test('the environment counts only where it may', async () => {
    const alsa = environment({ QEMU_AUDIO_DRV: 'alsa' })
    expect(audioOf((await guest('', alsa)).xml)).toEqual(["<audio id='1' type='none'/>"])
    expect(audioOf((await guest('', { ...alsa, config: { nogfxAllowHostAudio: true } })).xml)).toEqual([
      "<audio id='1' type='alsa'/>",
    ])
    expect(audioOf((await guest("<graphics type='sdl'/>", alsa)).xml)).toEqual(["<audio id='1' type='alsa'/>"])
    expect(audioOf((await guest("<graphics type='sdl'/>")).xml)).toEqual([])
  })

  test("QEMU's names are not libvirt's", async () => {
    const allowed = { config: { nogfxAllowHostAudio: true } }
    const typeFor = async (driver: string) =>
      audioOf((await guest('', { ...environment({ QEMU_AUDIO_DRV: driver }), ...allowed })).xml)[0]
    expect(await typeFor('pa')).toContain("type='pulseaudio'")
    expect(await typeFor('wav')).toContain("type='file'")
    expect((await guest('', { ...environment({ QEMU_AUDIO_DRV: 'cd' }), ...allowed })).codes).toEqual([
      'audio/environment',
    ])
  })
})

test('what goes by the environment', async () => {
  const { environment: variables } = await guest(
    "<audio id='1' type='sdl' driver='alsa'/><audio id='2' type='pipewire' runtimeDir='/run/x'/>",
  )
  expect(variables).toMatchObject({ SDL_AUDIODRIVER: 'alsa', PIPEWIRE_RUNTIME_DIR: '/run/x' })
})

test.each([
  ["<audio id='1' type='none'/><audio id='1' type='alsa'/>", 'audio/id-in-use'],
  ["<audio id='1' type='none'><input fixedSettings='yes'/></audio>", 'audio/fixed-without-mixing'],
  ["<audio id='1' type='none'><input mixingEngine='yes'><settings/></input></audio>", 'audio/settings-not-fixed'],
  ["<sound model='ac97'><audio id='7'/></sound>", 'audio/unknown-id'],
  ["<graphics type='vnc'><audio id='7'/></graphics>", 'audio/unknown-id'],
  ["<audio id='0' type='none'/>", 'value/invalid'],
])('refused: %s', async (xml, code) => {
  expect((await guest(xml)).codes).toEqual([code])
})

test('a stream that says nothing is not printed', async () => {
  const { xml, options } = await guest("<audio id='1' type='alsa'><input/><output dev='hw'/></audio>")
  expect(xml).not.toContain('<input/>')
  expect(options('-audiodev')).toEqual(['-audiodev {"id":"audio1","driver":"alsa","out":{"dev":"hw"}}'])
})

// Each line as libvirt 11.3 and 12.8 answered it.
test.each([
  [['vnc', 'spice'], 'spice'],
  [['spice', 'vnc'], 'none'],
  [['sdl', 'vnc'], 'none'],
  [['vnc', 'sdl'], undefined],
  [['spice', 'sdl'], undefined],
  [['vnc', 'dbus'], 'none'],
])('of screens %j the last decides where sound goes', async (types, audio) => {
  const screens = types.map((type) => `<graphics type='${type}'${type === 'sdl' ? " display=':0'" : ''}/>`)
  const { xml } = await guest(screens.join(''), { release: '11.3' })
  expect(/<audio id='1' type='(\w+)'/.exec(xml ?? '')?.[1]).toBe(audio)
})

test('the name of a stream may be empty', async () => {
  const { xml, options } = await guest("<audio id='2' type='pulseaudio'><input streamName=''/></audio>")
  expect(xml).toContain("<input streamName=''/>")
  expect(options('-audiodev').join(' ')).toContain('"in":{"stream-name":""}')
})
