/// Admission plugins that are off until `--enable-admission-plugins` names them.
@NullMarked
package io.coxswain.apiserver.admission.optional;

import org.jspecify.annotations.NullMarked;
