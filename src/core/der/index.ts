export {
  readBitOctets,
  readBits,
  readBoolean,
  readCount,
  readIntegerBytes,
  readOctets,
  readOid,
  readText,
  readUtf8,
} from './der-content.ts'
export { type DerFields, fieldsOf, onlyChildOf } from './der-fields.ts'
export { readGeneralizedTime, readTime } from './der-time.ts'
export { childrenOf, type DerValue, expectTag, failDer, parseDer, readWhole } from './der-value.ts'
export { checkDerTree } from './der-tree.ts'
export { constructedTag, DER_TAGS, primitiveTag } from './tags.ts'
