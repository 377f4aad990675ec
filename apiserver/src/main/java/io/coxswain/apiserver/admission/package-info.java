/// What is let in: plugins that may change or refuse an object before it is stored.
/// [io.coxswain.apiserver.admission.AdmissionPlugins] lists them in execution order.
@NullMarked
package io.coxswain.apiserver.admission;

import org.jspecify.annotations.NullMarked;
