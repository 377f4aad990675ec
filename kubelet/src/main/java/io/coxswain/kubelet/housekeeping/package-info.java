/// What keeps a node usable over time: logs are rotated, what nobody needs any more is removed, and
/// pods that use more than they may are ended.
@NullMarked
package io.coxswain.kubelet.housekeeping;

import org.jspecify.annotations.NullMarked;
