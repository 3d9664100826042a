import { bytesField, type Fields, messageField, numberField, numbersField } from './protobuf.ts'

/** An AttributeProto of a node. */
export type Attribute = Fields

const INT = 2
const TENSOR = 4
const INTS = 7
const TYPE_FIELD = 20

export function integer(name: string, value: number): Attribute {
  return [bytesField(1, name), numberField(3, value), numberField(TYPE_FIELD, INT)]
}

export function integers(name: string, values: Iterable<number>): Attribute {
  return [bytesField(1, name), numbersField(8, values), numberField(TYPE_FIELD, INTS)]
}

export function tensorOf(name: string, value: Fields): Attribute {
  return [bytesField(1, name), messageField(5, value), numberField(TYPE_FIELD, TENSOR)]
}
