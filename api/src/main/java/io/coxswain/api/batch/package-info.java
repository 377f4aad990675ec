/// The kinds of one API group, one record file each; the record is the schema.
/// `io.coxswain.api.schema` says what the annotations mean.
@NullMarked
package io.coxswain.api.batch;

import org.jspecify.annotations.NullMarked;
