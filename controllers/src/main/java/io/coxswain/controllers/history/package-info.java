/// The history of a DaemonSet or StatefulSet: one ControllerRevision for each pod template it had.
@NullMarked
package io.coxswain.controllers.history;

import org.jspecify.annotations.NullMarked;
