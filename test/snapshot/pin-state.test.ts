import { expect, it } from 'vitest'
import {
  combinePinStates,
  isWeakerPin,
  pinStateOfGitReference,
} from '../../src/snapshot/pin-state.ts'

it('combinePinStates() is as firm as the weakest', () => {
  expect(combinePinStates(['digest-pinned', 'tag-pinned', 'commit-pinned'])).toBe('tag-pinned')
  expect(combinePinStates(['digest-pinned', 'floating'])).toBe('floating')
  expect(combinePinStates([])).toBe('versioned')
  expect(isWeakerPin('digest-pinned', 'tag-pinned')).toBe(true)
  expect(isWeakerPin('tag-pinned', 'tag-pinned')).toBe(false)
})

it.each([
  ['b4ffde65f46336ab88eb53be808477a3936bae11', 'commit-pinned'],
  ['b4ffde65f46336ab88eb53be808477a3936bae1', 'floating'],
  ['B4FFDE65F46336AB88EB53BE808477A3936BAE11', 'floating'],
  ['v4', 'tag-pinned'],
  ['1.2.3-rc.1', 'tag-pinned'],
  ['release-1.4', 'tag-pinned'],
  ['pkg/v1.0.0', 'tag-pinned'],
  ['main', 'floating'],
  ['HEAD', 'floating'],
  ['v', 'floating'],
  [`v${'1'.repeat(300)}`, 'floating'],
])('pinStateOfGitReference() takes %s as %s', (reference, state) => {
  expect(pinStateOfGitReference(reference)).toBe(state)
})
