/// What `kubectl get` shows: the columns of every kind, and the cells of an object.
///
/// The columns are data (`columns.txt`); the cells are one small class per group of kinds.
@NullMarked
package io.coxswain.api.columns;

import org.jspecify.annotations.NullMarked;
