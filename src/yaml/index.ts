export {
  type DocumentForm,
  parseWritten,
  placeBreach,
  type WrittenDocument,
} from './written-document.ts'
export type { YamlProblem } from './problem.ts'
export { parseYaml, parseYamlDocument } from './yaml.ts'
export {
  type YamlNode,
  yamlItems,
  yamlMember,
  yamlMembers,
  yamlText,
} from './yaml-node.ts'
