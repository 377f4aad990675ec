package io.coxswain.scheduler.framework;

import java.util.Set;

/// What a filter plugin makes of a pod.
public sealed interface PodVerdict {

    /// The pod does not concern the plugin: every node will do.
    record Unconcerned() implements PodVerdict {}

    /// Each node has to be asked.
    record Ask(NodeFilter filter) implements PodVerdict {}

    /// Only these nodes need to be asked at all.
    record Among(Set<String> nodes, NodeFilter filter) implements PodVerdict {}

    /// No node will do, for a reason that lies with the pod.
    record Never(Rejection rejection) implements PodVerdict {}

    PodVerdict UNCONCERNED = new Unconcerned();
}
