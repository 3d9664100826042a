import { bytesField, type Fields, numberField, numbersField } from './protobuf.ts'

/** Element types of ONNX tensors, by what holds them here. */
const UINT8 = 2
const INT64 = 7
export const DOUBLE = 11

/** A TensorProto of doubles, little-endian whatever the machine. */
export function doubleTensor(name: string, dims: readonly number[], values: ArrayLike<number>): Fields {
  const raw = Buffer.alloc(8 * values.length)
  for (let i = 0; i < values.length; i++) raw.writeDoubleLE(values[i], 8 * i)
  return [numbersField(1, dims), numberField(2, DOUBLE), bytesField(8, name), bytesField(9, raw)]
}

/** A TensorProto of octets. */
export function octetTensor(name: string, values: Uint8Array): Fields {
  return [numbersField(1, [values.length]), numberField(2, UINT8), bytesField(8, name), bytesField(9, values)]
}

/** A TensorProto of whole numbers, which operators take as places. */
export function indexTensor(name: string, values: Int32Array, dims: readonly number[] = [values.length]): Fields {
  const raw = Buffer.alloc(8 * values.length)
  values.forEach((value, i) => {
    raw.writeBigInt64LE(BigInt(value), 8 * i)
  })
  return [numbersField(1, dims), numberField(2, INT64), bytesField(8, name), bytesField(9, raw)]
}
