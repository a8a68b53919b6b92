// Compose files (compose specification): the images of services, and the container files that they build.

import * as posix from 'node:path/posix'
import { accept, quote, refuse } from '../../core/index.ts'
import {
  parseYamlDocument,
  type YamlNode,
  yamlItems,
  yamlMember,
  yamlMembers,
  yamlText,
} from '../../yaml/index.ts'
import { publicAddress, withoutFragment } from '../address.ts'
import type { InputReader, InputReference, LocalUse } from '../build-input.ts'
import { readContainerFile } from './container-file.ts'
import { expandVariables, readImage } from './image.ts'

interface Found {
  readonly references: InputReference[]
  readonly uses: LocalUse[]
}

/** Reads a compose file. Values of `environment` and of env files are never looked at. */
export const readCompose: InputReader = ({ path, bytes }) => {
  const root = parseYamlDocument(bytes, { sharing: 'apply' })
  if (!root.ok) return root
  const services = yamlMember(root.value, 'services')
  const include = yamlMember(root.value, 'include')
  if (services?.kind !== 'map' && include === undefined) {
    return refuse({
      code: 'snapshot/input-shape',
      message: `Cannot read ${quote(path)}: expected a compose file with "services"`,
    })
  }
  const found: Found = { references: [], uses: [] }
  const folder = posix.dirname(path)
  for (const item of include?.kind === 'list' ? include.items : [include]) {
    const paths = item?.kind === 'map' ? yamlMember(item, 'path') : item
    for (const file of paths?.kind === 'list' ? paths.items : [paths]) addFile(found, file, folder)
  }
  for (const [, service] of yamlMembers(services)) readService(service, folder, found)
  return accept(found)
}

function readService(service: YamlNode, folder: string, found: Found): void {
  const build = yamlMember(service, 'build')
  const image = yamlMember(service, 'image')
  const text = yamlText(image)
  // With `build`, `image` names what is built here.
  if (image !== undefined && text !== undefined && build === undefined) {
    // Values come from the environment of whoever runs it: only the defaults stand in the file.
    const expanded = expandVariables(text, () => undefined)
    const { variables } = expanded
    found.references.push(readImage(expanded.text, { line: image.line, variables }))
  }
  if (build !== undefined) readBuild(build, folder, found)
  addFile(found, yamlMember(yamlMember(service, 'extends'), 'file'), folder)
}

function readBuild(build: YamlNode, folder: string, found: Found): void {
  const inline = yamlText(yamlMember(build, 'dockerfile_inline'))
  if (inline !== undefined) {
    const { line } = yamlMember(build, 'dockerfile_inline') ?? build
    const content = readContainerFile({ path: 'dockerfile_inline', bytes: Buffer.from(inline) })
    const unread: InputReference = { kind: 'image', name: '', pinState: 'floating', line }
    const references = content.ok ? content.value.references : [unread]
    found.references.push(...references.map((reference) => ({ ...reference, line })))
    return
  }
  const context = yamlText(build.kind === 'map' ? yamlMember(build, 'context') : build) ?? '.'
  if (isRemote(context)) {
    found.references.push(remoteReference(context, build.line))
    return
  }
  const file = yamlText(yamlMember(build, 'dockerfile'))
  const place = posix.join(folder, context)
  const names = file === undefined ? ['Dockerfile', 'Containerfile'] : [file]
  found.uses.push({
    name: posix.join(context, file ?? 'Dockerfile'),
    candidates: names.map((name) => posix.join(place, name)),
    kind: 'container-file',
    line: build.line,
  })
  for (const item of yamlItems(yamlMember(build, 'additional_contexts'))) {
    addContext(yamlText(item)?.split('=')[1], item.line, found)
  }
  for (const [, item] of yamlMembers(yamlMember(build, 'additional_contexts'))) {
    addContext(yamlText(item), item.line, found)
  }
}

/** `docker-image://…` as a further context. */
function addContext(text: string | undefined, line: number, found: Found): void {
  if (text?.startsWith('docker-image://') !== true) return
  found.references.push(readImage(text.slice('docker-image://'.length), { line }))
}

function addFile(found: Found, node: YamlNode | undefined, folder: string): void {
  const text = yamlText(node)
  if (node === undefined || text === undefined) return
  if (isRemote(text)) {
    found.references.push(remoteReference(text, node.line))
    return
  }
  const candidates = [posix.join(folder, text)]
  found.uses.push({ name: text, candidates, kind: 'compose', line: node.line })
}

/** A repository or an archive elsewhere, where a path could stand. */
function isRemote(text: string): boolean {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return true
  // `user@host:path`: a ":" somewhere after the first "@", before any slash or blank.
  const [head = ''] = text.split(/[/\s]/, 1)
  const at = head.indexOf('@', 1)
  return at > 0 && head.lastIndexOf(':') > at + 1
}

/** Whatever is fetched there at build time: its address without what could be a credential. */
function remoteReference(text: string, line: number): InputReference {
  const name = publicAddress(withoutFragment(text)) ?? ''
  return { kind: 'repository', name, pinState: 'floating', line }
}
