import { describe, expect, it } from 'vitest'
import { readCompose } from '../../../src/snapshot/build-inputs/compose.ts'
import { readContainerFile } from '../../../src/snapshot/build-inputs/container-file.ts'
import { readImage } from '../../../src/snapshot/build-inputs/image.ts'
import { COMMIT, readInput, SHA256 } from './reading.ts'

describe('readContainerFile()', () => {
  it('finds base images through arguments, stages, copies, mounts and downloads', () => {
    const file = `# syntax=docker/dockerfile:1.7
# escape=\\
ARG NODE=20 VARIANT="alpine"
ARG BASE=node:\${NODE}-\${VARIANT}
ARG EMPTY
FROM --platform=$BUILDPLATFORM \${BASE} AS Build
ARG NODE=99
RUN --mount=type=bind,from=busybox:1.36,target=/x \\
  # a comment
  echo FROM evil:1 && \\

  true
RUN <<ONE cat <<-'TWO'
FROM evil:2
ONE
FROM evil:3
\tTWO
FROM build AS second
COPY --from=build /a /a
COPY --from=0 /a /a
COPY --chown=a --from=nginx@sha256:${SHA256} /b /b
ADD --checksum=sha256:${SHA256} https://u:p@files.example/a.tgz?token=x /a
ADD https://files.example/b.tgz https://git.example/r.git#${COMMIT} /b
FROM scratch
FROM \${EMPTY}
FROM \${UNSET:-alpine}
FROM ghcr.io/o/r@sha256:abcd
`
    expect(readInput(readContainerFile, file)).toEqual([
      '1: image docker/dockerfile 1.7 tag-pinned',
      '6: image node 20-alpine tag-pinned $BASE',
      '8: image busybox 1.36 tag-pinned',
      '21: image nginx sha256:9f86 digest-pinned',
      '22: download https://files.example/a.tgz sha256:9f86 digest-pinned',
      '23: download https://files.example/b.tgz floating',
      '23: download https://git.example/r.git gitCommit:b4ff commit-pinned',
      '25: image - floating $EMPTY',
      '26: image alpine floating $UNSET',
      '27: image ghcr.io/o/r floating',
    ])
  })

  it('reads Windows files whose escape is a backtick', () => {
    const file = '# escape=`\r\nFROM a:1 AS b\r\nRUN x `\r\n  FROM c:1\r\nFROM b\r\n'
    expect(readInput(readContainerFile, file)).toEqual(['2: image a 1 tag-pinned'])
  })

  it.each([
    ['a file without FROM', 'ARG A=1\n', 'snapshot/input-shape'],
    ['a line that is no instruction', 'FROM a:1\n???\n', 'snapshot/input-shape line 2'],
  ])('refuses %s, and reads the like that is one', (_, text, expected) => {
    expect(readInput(readContainerFile, text)).toEqual([expected])
    expect(readInput(readContainerFile, 'ARG A=1\nFROM a:1\n')).toEqual(['2: image a 1 tag-pinned'])
  })

  it('refuses bytes that are no UTF-8', () => {
    expect(readContainerFile({ path: 'x', bytes: Uint8Array.of(0x46, 0xff) })).toMatchObject({
      problems: [{ code: 'snapshot/input-shape', at: 'line 1, column 2' }],
    })
  })
})

describe('readImage()', () => {
  it.each([
    ['localhost:5000/a/b:1', 'localhost:5000/a/b 1 tag-pinned'],
    ['a:latest', 'a latest floating'],
    ['a', 'a floating'],
    [`a:1@sha512:${SHA256}${SHA256}`, 'a 1 digest-pinned'],
    [`a:1@sha512:${SHA256}`, 'a 1 floating'],
    ['a:1:2', ' floating'],
    [`a@sha256:${SHA256.toUpperCase()}`, ' floating'],
    ['a'.repeat(2_000), ' floating'],
  ])('reads %s', (text, expected) => {
    const { name, version, pinState } = readImage(text, { line: 1 })
    expect([name, version, pinState].filter((part) => part !== undefined).join(' ')).toBe(expected)
  })
})

describe('readCompose()', () => {
  it('finds images, what is built, and further files; never a value', () => {
    const file = `x-common: &common
  environment: { PASSWORD: secret }
services:
  db: { image: "postgres:16-alpine", <<: *common }
  cache: { image: "redis:\${REDIS:-7}-alpine" }
  open: { image: "\${IMAGE}" }
  web: { image: named-here, build: ./web }
  api:
    build:
      context: .
      dockerfile: api.Dockerfile
      args: { TOKEN: secret }
      additional_contexts: { base: "docker-image://alpine:3", other: ../x }
  inline:
    build:
      dockerfile_inline: |
        FROM busybox
  more: { extends: { file: other.yaml, service: a } }
include: [ extra.yaml, { path: [ deep/b.yaml ] } ]
`
    expect(readInput(readCompose, file, 'infra/compose.yaml')).toEqual([
      '4: image postgres 16-alpine tag-pinned',
      '5: image redis 7-alpine tag-pinned $REDIS',
      '6: image - floating $IMAGE',
      '13: image alpine 3 tag-pinned',
      '16: image busybox floating',
      '19: uses compose infra/extra.yaml',
      '19: uses compose infra/deep/b.yaml',
      '7: uses container-file infra/web/Dockerfile|infra/web/Containerfile',
      '10: uses container-file infra/api.Dockerfile',
      '18: uses compose infra/other.yaml',
    ])
    expect(readInput(readCompose, 'volumes: {}\n')).toEqual(['snapshot/input-shape'])
  })
})
