/// How a Java record describes a Kubernetes type, and what can be derived from it.
///
/// Three annotations are easily confused. `@Required` says that the API publishes the field as
/// required; `@Nullable` that "unset" differs from zero (a pointer upstream); `@Always` that the
/// field is written even when empty. Strings, lists, maps and structs held by value are never
/// null: `""`, an empty collection or the empty record stand for "absent".
@NullMarked
package io.coxswain.api.schema;

import org.jspecify.annotations.NullMarked;
