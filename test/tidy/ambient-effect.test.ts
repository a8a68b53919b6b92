import { expect, it } from 'vitest'
import { parseSource } from '../../.ci/source-file.ts'
import { listAmbientEffects } from './ambient-effect.ts'

it.each([
  'const at = Date.now()',
  'const at = new Date()',
  'const id = Math.random()',
  'const home = process.env.HOME',
  'export const load = () => fetch(address)',
  'setTimeout(run, 10)',
  'const all = { ...globalThis }',
  'const { env } = process',
  'run({ fetch })',
])('listAmbientEffects() finds "%s"', (text) => {
  expect(listAmbientEffects(parseSource('src/core/example.ts', text))).toHaveLength(1)
})

it.each([
  'const at = new Date(0)',
  'const size = Math.max(1, 2)',
  'const name = options.process',
  'const input = { process: 1 }',
  'interface Options { readonly fetch: string }',
])('listAmbientEffects() leaves "%s" alone', (text) => {
  expect(listAmbientEffects(parseSource('src/core/example.ts', text))).toEqual([])
})
