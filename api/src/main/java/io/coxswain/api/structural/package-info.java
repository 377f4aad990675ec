/// What the schema of a custom kind means for its objects.
///
/// A [io.coxswain.api.structural.Structural] is one node of a definition's OpenAPI schema, read once.
/// The rest are functions of a tree and a node: `Pruning` drops what the schema does not know,
/// `Defaulting` fills in, `ValueCheck` and its helpers find what is wrong, `MergeSchema` says how two
/// versions of an object merge. All are pure, recursive, and bounded by the depth of the schema.
@NullMarked
package io.coxswain.api.structural;

import org.jspecify.annotations.NullMarked;
