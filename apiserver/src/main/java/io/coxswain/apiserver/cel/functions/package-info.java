/// The functions of expressions, a file per family: CEL's own, its extensions, and those of
/// Kubernetes. [io.coxswain.apiserver.cel.functions.Libraries] lists them. A family declares its
/// overloads as text (`string.find(string): string`) and gives one lambda per name, which looks at
/// the values it gets, because an argument may be `dyn`.
@NullMarked
package io.coxswain.apiserver.cel.functions;

import org.jspecify.annotations.NullMarked;
