/// Server-side apply: who owns which field, and what happens when two want the same one.
///
/// A `FieldSet` is a set of paths as the API stores them (`FieldsV1`). `TypedTree` looks at a tree
/// through its `Schema`: the paths it consists of, what differs from another, how two merge.
/// `Ownership` holds the sets of all managers and decides; `ManagedFields` is the front: it applies
/// or tracks one request and writes `metadata.managedFields`. All of it is pure.
@NullMarked
package io.coxswain.api.fields;

import org.jspecify.annotations.NullMarked;
