/// kube-controller-manager: [io.coxswain.controllers.Controllers] lists every controller with what
/// it owns, watches and reads; each family has a package of its own.
@NullMarked
package io.coxswain.controllers;

import org.jspecify.annotations.NullMarked;
