/// Between the records of built-in kinds and JSON.
///
/// `RecordReader` and `RecordWriter` stream: no tree, no databind. What reading drops on its way
/// (unknown and repeated fields) is told to `Problems`; what it cannot read is a `DecodeError` in
/// the words of Go's decoder. All bytes written are canonical: components in the order of the
/// record, map keys sorted, nothing written that upstream would leave out.
@NullMarked
package io.coxswain.api.codec;

import org.jspecify.annotations.NullMarked;
