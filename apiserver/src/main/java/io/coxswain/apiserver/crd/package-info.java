/// Kinds that CustomResourceDefinitions define, served on the path of built-in ones.
///
/// `CustomKinds` follows the definitions in the store and makes a `Served` for each version of each:
/// its codec (`CustomCodec`: trees instead of records), its strategy (`CustomStrategy`) and its
/// columns. `VersionedStore` shows stored objects as the version of the request, so that the
/// registry and the verbs know nothing of versions. `DefinitionController` accepts names,
/// establishes definitions and cleans up behind deleted ones.
@NullMarked
package io.coxswain.apiserver.crd;

import org.jspecify.annotations.NullMarked;
