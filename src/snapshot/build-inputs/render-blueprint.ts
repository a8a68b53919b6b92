// A Render blueprint (render.yaml): images, repositories and container files of its services, and the names of the
// variables that it declares: never a value.

import * as posix from 'node:path/posix'
import { accept, compareCodePoints, quote, refuse } from '../../core/index.ts'
import {
  parseYamlDocument,
  type YamlNode,
  yamlItems,
  yamlMember,
  yamlText,
} from '../../yaml/index.ts'
import { publicAddress } from '../address.ts'
import type { InputReader, InputReference, LocalUse } from '../build-input.ts'
import { VARIABLE_NAME } from './env-contract.ts'
import { readImage } from './image.ts'

interface Found {
  readonly references: InputReference[]
  readonly uses: LocalUse[]
  readonly names: Set<string>
}

/** Reads a blueprint; preview environments and projects nest services, and are followed. */
export const readRenderBlueprint: InputReader = ({ path, bytes }) => {
  const root = parseYamlDocument(bytes, { sharing: 'apply' })
  if (!root.ok) return root
  if (!BLUEPRINT.some((member) => yamlMember(root.value, member) !== undefined)) {
    return refuse({
      code: 'snapshot/input-shape',
      message: `Cannot read ${quote(path)}: expected a blueprint with one of ${BLUEPRINT.join(', ')}`,
    })
  }
  const found: Found = { references: [], uses: [], names: new Set() }
  readResources(root.value, found)
  const { references, uses, names } = found
  return accept({ references, uses, names: [...names].toSorted(compareCodePoints) })
}

const BLUEPRINT = ['services', 'databases', 'envVarGroups', 'projects'] as const

function readResources(node: YamlNode, found: Found): void {
  for (const service of yamlItems(yamlMember(node, 'services'))) readService(service, found)
  for (const group of yamlItems(yamlMember(node, 'envVarGroups'))) addNames(group, found)
  for (const project of yamlItems(yamlMember(node, 'projects'))) {
    for (const item of yamlItems(yamlMember(project, 'environments'))) readResources(item, found)
  }
}

function readService(service: YamlNode, found: Found): void {
  addNames(service, found)
  const image = yamlMember(yamlMember(service, 'image'), 'url')
  const text = yamlText(image)
  if (image !== undefined && text !== undefined) {
    found.references.push(readImage(text, { line: image.line }))
  }
  const repository = yamlMember(service, 'repo')
  const address = yamlText(repository)
  if (repository !== undefined && address !== undefined) {
    const branch = yamlText(yamlMember(service, 'branch'))
    found.references.push({
      kind: 'repository',
      name: publicAddress(address) ?? '',
      ...(branch !== undefined && { version: branch }),
      pinState: 'floating',
      line: repository.line,
    })
    return
  }
  const runtime = yamlText(yamlMember(service, 'runtime')) ?? yamlText(yamlMember(service, 'env'))
  if (runtime === 'docker') found.uses.push(containerFile(service))
}

/** `dockerfilePath` counts from `rootDir`, which counts from the repository's root. */
function containerFile(service: YamlNode): LocalUse {
  const path = yamlText(yamlMember(service, 'dockerfilePath')) ?? './Dockerfile'
  const folder = yamlText(yamlMember(service, 'rootDir')) ?? '.'
  const { line } = yamlMember(service, 'dockerfilePath') ?? service
  return { name: path, candidates: [posix.join(folder, path)], kind: 'container-file', line }
}

function addNames(owner: YamlNode, found: Found): void {
  for (const variable of yamlItems(yamlMember(owner, 'envVars'))) {
    const name = yamlText(yamlMember(variable, 'key'))
    if (name !== undefined && VARIABLE_NAME.test(name)) found.names.add(name)
  }
}
