/// ClusterRoles that gather the rules of others.
@NullMarked
package io.coxswain.controllers.rbac;

import org.jspecify.annotations.NullMarked;
