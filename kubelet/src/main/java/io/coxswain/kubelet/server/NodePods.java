package io.coxswain.kubelet.server;

import io.coxswain.api.core.Pod;
import io.coxswain.kubelet.pods.PodRuntimeState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The pods of this node as the server sees them.
public interface NodePods {

    List<Pod> all();

    @Nullable Pod find(String namespace, String name);

    /// What the runtime has of a pod now.
    PodRuntimeState state(String uid);
}
