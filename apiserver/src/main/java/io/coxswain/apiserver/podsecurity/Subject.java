package io.coxswain.apiserver.podsecurity;

import io.coxswain.api.codec.RecordWriter;
import io.coxswain.api.core.Container;
import io.coxswain.api.core.Container.ContainerPort;
import io.coxswain.api.core.Lifecycle;
import io.coxswain.api.core.PodSpec;
import io.coxswain.api.core.PodSpec.EphemeralContainer;
import io.coxswain.api.core.Probe;
import io.coxswain.api.core.SecurityContext;
import io.coxswain.api.core.Volume;
import io.coxswain.api.json.Json;
import io.coxswain.api.meta.ObjectMeta;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A pod as the rules look at it: its annotations, its spec, and containers of all three kinds.
///
/// @param volumes as trees, in which the fields of a volume name its type
record Subject(
        Map<String, String> annotations, PodSpec spec, List<Part> parts, List<Json.Obj> volumes) {

    /// A container, of whatever kind.
    record Part(
            String name,
            @Nullable SecurityContext context,
            List<ContainerPort> ports,
            List<Probe> probes,
            @Nullable Lifecycle lifecycle) {}

    static Subject of(ObjectMeta meta, PodSpec spec) {
        var parts = new ArrayList<Part>();
        spec.initContainers().forEach(container -> parts.add(part(container)));
        spec.containers().forEach(container -> parts.add(part(container)));
        spec.ephemeralContainers().forEach(container -> parts.add(part(container)));
        var volumes = spec.volumes().stream().map(Subject::tree).toList();
        return new Subject(meta.annotations(), spec, parts, volumes);
    }

    private static Json.Obj tree(Volume volume) {
        return RecordWriter.toTree(volume);
    }

    private static Part part(Container container) {
        return new Part(
                container.name(),
                container.securityContext(),
                container.ports(),
                probes(
                        container.livenessProbe(),
                        container.readinessProbe(),
                        container.startupProbe()),
                container.lifecycle());
    }

    private static Part part(EphemeralContainer container) {
        return new Part(
                container.name(),
                container.securityContext(),
                container.ports(),
                probes(
                        container.livenessProbe(),
                        container.readinessProbe(),
                        container.startupProbe()),
                container.lifecycle());
    }

    private static List<Probe> probes(
            @Nullable Probe alive, @Nullable Probe ready, @Nullable Probe started) {
        return Stream.of(
                        Stream.ofNullable(alive),
                        Stream.ofNullable(ready),
                        Stream.ofNullable(started))
                .flatMap(probe -> probe)
                .toList();
    }

    /// The names of the containers whose security context is as described; one without a context
    /// is not.
    List<String> with(Predicate<SecurityContext> test) {
        return parts.stream()
                .filter(part -> part.context() != null && test.test(part.context()))
                .map(Part::name)
                .toList();
    }

    boolean windows() {
        var os = spec.os();
        return os != null && Objects.equals(os.name(), "windows");
    }

    /// `container "a"` or `containers "a", "b"`.
    static String containers(List<String> names) {
        return plural("container", names) + " " + quoted(names);
    }

    static String plural(String noun, List<?> items) {
        return items.size() == 1 ? noun : noun + "s";
    }

    static String quoted(Stream<String> texts) {
        return texts.map(text -> "\"" + text + "\"").collect(Collectors.joining(", "));
    }

    static String quoted(List<String> texts) {
        return quoted(texts.stream());
    }
}
