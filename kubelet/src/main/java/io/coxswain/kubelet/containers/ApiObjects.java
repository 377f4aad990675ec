package io.coxswain.kubelet.containers;

import io.coxswain.api.core.ConfigMap;
import io.coxswain.api.core.Secret;
import io.coxswain.api.core.Service;
import io.coxswain.api.node.RuntimeClass;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The objects that pods refer to. Blocks while it asks the API.
public interface ApiObjects {

    /// Null when there is none.
    @Nullable ConfigMap configMap(String namespace, String name);

    @Nullable Secret secret(String namespace, String name);

    @Nullable RuntimeClass runtimeClass(String name);

    List<Service> services(String namespace);
}
