/// What a caller may do: role-based access control over an index of all roles and bindings, and the
/// roles and bindings every cluster starts with.
@NullMarked
package io.coxswain.apiserver.authorization;

import org.jspecify.annotations.NullMarked;
