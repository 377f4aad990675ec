/// Who may do what, compared cell by cell with what a plain Kubernetes would say.
///
/// Nothing here uses the server's own authorizers: the roles are facts in a text file, rules are
/// matched by [io.coxswain.testkit.authorization.Rights], and what a node may do is written down by
/// hand in [io.coxswain.testkit.authorization.NodeRights].
@NullMarked
package io.coxswain.testkit.authorization;

import org.jspecify.annotations.NullMarked;
