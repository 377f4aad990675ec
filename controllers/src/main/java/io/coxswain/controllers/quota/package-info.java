/// How much of its ResourceQuotas a namespace uses. Admission counts what comes in; this controller
/// counts what is there, so that what goes away is given back.
@NullMarked
package io.coxswain.controllers.quota;

import org.jspecify.annotations.NullMarked;
