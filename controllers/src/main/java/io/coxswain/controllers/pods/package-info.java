/// What the workload controllers share: how a pod is judged, made from a template, claimed by its
/// selector, and how owners are named.
@NullMarked
package io.coxswain.controllers.pods;

import org.jspecify.annotations.NullMarked;
