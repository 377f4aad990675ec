/// Bootstrap tokens, by which machines join a cluster: a Secret each, named after the token's first
/// half. With its second half a newcomer checks that the cluster information it was given, without
/// being known yet, comes from somebody who knows the token.
@NullMarked
package io.coxswain.controllers.bootstrap;

import org.jspecify.annotations.NullMarked;
