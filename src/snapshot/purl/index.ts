export { buildPurl, type Purl, parsePurl } from './purl.ts'
