import { deflateRawSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { toExerciseFragment } from '../engine/exercise/link.ts'
import { readLinks } from './grade-links.ts'
import { csvOf, junitOf, lineOf, type Graded } from './grade-report.ts'

const compress = (bytes: Uint8Array): Uint8Array => new Uint8Array(deflateRawSync(bytes))
const link = `https://example.org/x/${toExerciseFragment({ id: 'count', answer: { script: 'a', replies: {} } }, compress)}`

test.for([
  [link, 'line 1'],
  [`Ada Lovelace ${link}`, 'Ada Lovelace'],
  [`"Lovelace, Ada",${link}`, 'Lovelace, Ada'],
  [`ada@example.org;\t${link}`, 'ada@example.org'],
  [`  Ada: ${link}  `, 'Ada'],
  [`"Ada","${link}"`, 'Ada'],
] as const)('%j has an answer by %s', ([line, name]) => {
  expect(readLinks(line)).toEqual([{ line: 1, name, exercise: 'count', answer: { script: 'a', replies: {} } }])
})

test('comments and empty lines are left out, and what cannot be read is told', () => {
  const list = readLinks(`# a list\r\n\r\nBob https://example.org\n${link.slice(0, -3)}AAA\n${link.slice(0, link.lastIndexOf('/'))}`)
  expect(list.map(({ line, name }) => [line, name])).toEqual([[3, 'Bob https://example.org'], [4, 'line 4'], [5, 'line 5']])
  for (const { fault } of list) expect(fault).toMatch(/\.$/)
})

const graded: Graded = {
  line: 1, name: '=1+1', exercise: 'count', passed: false, held: 1, checks: 2, failed: 'a', wanted: 'x < y & "z".', found: 'found \u0000,\n“b”', seconds: 1.5,
}

test('a report in CSV is no formula and keeps its columns', () => {
  expect(csvOf([graded])).toBe('line,name,exercise,result,held,checks,failed,wanted,found\r\n1,\'=1+1,count,failed,1,2,a,"x < y & ""z"".","found \u0000,\n“b”"\r\n')
})

test('a report in XML is XML', () => {
  const xml = junitOf([graded, { ...graded, passed: true, name: 'Ada' }])
  expect(xml).toContain('<testsuites name="exercises" tests="2" failures="1" time="3.000">')
  expect(xml).toContain('<failure type="a" message="found \ufffd,&#10;“b”">x &#60; y &#38; &#34;z&#34;.</failure>')
  expect(xml).toContain('<testcase name="Ada" classname="count" time="1.500"/>')
})

test('a line for a person begins with the verdict', () => {
  expect(lineOf({ ...graded, found: 'no.' })).toBe('FAILED  =1+1  count  1/2  no.')
})
