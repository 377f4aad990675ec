/// Priority and fairness: which requests may run at once, who waits, who is turned away.
///
/// [io.coxswain.apiserver.flowcontrol.FlowControl] sorts a request by the FlowSchemas into a flow
/// of a priority level. A [io.coxswain.apiserver.flowcontrol.Level] has so many seats; who finds
/// none waits in one of its queues, which flows share as little as possible, and is served in turn.
@NullMarked
package io.coxswain.apiserver.flowcontrol;

import org.jspecify.annotations.NullMarked;
