package io.coxswain.bench;

import io.coxswain.api.core.ConfigMap;
import io.coxswain.api.core.Container;
import io.coxswain.api.core.Pod;
import io.coxswain.api.core.PodSpec;
import io.coxswain.api.core.ResourceRequirements;
import io.coxswain.api.core.ServiceAccount;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.Quantity;
import io.coxswain.api.schema.RecordType;
import java.util.List;
import java.util.Map;

/// What the benchmarks create.
final class Objects {

    private static final ResourceRequirements REQUESTS =
            Edit.of(ResourceRequirements.class)
                    .set(
                            ResourceRequirements::requests,
                            Map.of("cpu", Quantity.parse("100m"), "memory", Quantity.parse("64Mi")))
                    .done();

    private Objects() {}

    /// Half a kilobyte.
    static ConfigMap configMap(String name) {
        return configMap(name, 512);
    }

    static ConfigMap configMap(String name, int bytes) {
        var data = Map.of("settings", "0123456789abcdef".repeat(bytes / 16));
        return Edit.of(RecordType.of(ConfigMap.class).empty())
                .set(ConfigMap::metadata, metadata(name))
                .set(ConfigMap::data, data)
                .done();
    }

    static Pod pod(String name) {
        var container =
                Edit.of(Container.class)
                        .set(Container::name, "main")
                        .set(Container::image, "localhost/coxswain/web:1")
                        .set(Container::resources, REQUESTS)
                        .done();
        var spec = Edit.of(PodSpec.class).set(PodSpec::containers, List.of(container)).done();
        return Edit.of(RecordType.of(Pod.class).empty())
                .set(Pod::metadata, metadata(name))
                .set(Pod::spec, spec)
                .done();
    }

    /// Pods need one; where no controllers run, nobody else makes it.
    static ServiceAccount account() {
        return Edit.with(
                RecordType.of(ServiceAccount.class).empty(),
                ServiceAccount::metadata,
                metadata("default"));
    }

    private static ObjectMeta metadata(String name) {
        return Edit.of(ObjectMeta.class)
                .set(ObjectMeta::name, name)
                .set(ObjectMeta::namespace, "default")
                .set(ObjectMeta::labels, Map.of("app", "bench", "tier", "web"))
                .done();
    }
}
