/// The parser and type checker of expressions, which are Google's, told about our types, functions
/// and macros. Nothing of this package is loaded before the first expression.
@NullMarked
package io.coxswain.apiserver.cel.checker;

import org.jspecify.annotations.NullMarked;
