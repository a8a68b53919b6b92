import { describe, expect, it } from 'vitest'
import { readCompose } from '../../../src/snapshot/build-inputs/compose.ts'
import { readContainerFile } from '../../../src/snapshot/build-inputs/container-file.ts'
import { readInput } from './reading.ts'

describe('hostile build inputs', () => {
  it('cannot make arguments grow by naming each other', () => {
    const doubling = Array.from(
      { length: 40 },
      (_, index) => `ARG A${index + 1}=\${A${index}}\${A${index}}`,
    )
    const file = ['ARG A0=xxxxxxxxxx', ...doubling, 'FROM ${A40}', 'FROM alpine:3'].join('\n')
    const found = readInput(readContainerFile, file)
    expect(found.at(-1)).toBe('43: image alpine 3 tag-pinned')
    expect(found.at(0)).toMatch(/^42: image - floating/)
    const wide = `ARG A=${'x'.repeat(900)}\nFROM ${'${A}'.repeat(200_000)}\n`
    expect(readInput(readContainerFile, wide)[0]).toMatch(/^2: image - floating/)
  })

  it('keep the credentials of a context elsewhere to themselves', () => {
    const file = `services:
  a:
    build: https://user:SECRET@git.example/x/y.git#main
  b:
    build: { context: "git@git.example:x/y.git" }
  c:
    build: ./local
  d:
    extends: { file: "https://user:SECRET@files.example/d.yaml" }
`
    const found = readInput(readCompose, file)
    expect(found.join('\n')).not.toContain('SECRET')
    expect(found).toEqual([
      '3: repository https://git.example/x/y.git floating',
      '5: repository ssh://git.example/x/y.git floating',
      '9: repository https://files.example/d.yaml floating',
      '7: uses container-file local/Dockerfile|local/Containerfile',
    ])
  })
})
