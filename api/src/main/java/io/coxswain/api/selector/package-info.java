/// Label and field selectors: read from text or from an object, matched against maps.
///
/// Messages are those of upstream's `k8s.io/apimachinery/pkg/labels` and `…/fields`, because
/// clients show them to users.
@NullMarked
package io.coxswain.api.selector;

import org.jspecify.annotations.NullMarked;
