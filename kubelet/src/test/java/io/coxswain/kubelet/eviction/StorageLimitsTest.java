package io.coxswain.kubelet.eviction;

import static io.coxswain.kubelet.testing.Pods.container;
import static io.coxswain.kubelet.testing.Pods.pod;
import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.api.core.Container;
import io.coxswain.api.core.Pod;
import io.coxswain.api.core.PodSpec;
import io.coxswain.api.core.ResourceRequirements;
import io.coxswain.api.core.Volume;
import io.coxswain.api.core.Volumes.EmptyDirVolumeSource;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.Quantity;
import io.coxswain.kubelet.containers.NodeFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StorageLimitsTest {

    @TempDir Path root;

    private static Pod limited(String limit) {
        var storage = Map.of("ephemeral-storage", Quantity.parse(limit));
        var resources = new ResourceRequirements(storage, Map.of(), List.of());
        return pod("web")
                .container(Edit.with(container("app"), Container::resources, resources))
                .spec(spec ->
                        Edit.with(spec, PodSpec::volumes, List.of(scratch("2Ki"), scratch(""))))
                .build();
    }

    private static Volume scratch(String limit) {
        var size = limit.isEmpty() ? null : Quantity.parse(limit);
        return Edit.of(Volume.class)
                .set(Volume::name, limit.isEmpty() ? "free" : "scratch")
                .set(Volume::emptyDir, new EmptyDirVolumeSource("", size))
                .done();
    }

    private StorageUse use(Pod pod, long written) {
        return StorageUse.of(pod, facts(), Map.of("app", written));
    }

    private NodeFacts facts() {
        return new NodeFacts(
                "n1",
                root.resolve("kubelet"),
                root.resolve("logs"),
                List.of(),
                List.of(),
                "cluster.local",
                root,
                Map.of(),
                0);
    }

    private Path fill(Path file, int bytes) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.write(file, new byte[bytes]);
    }

    /// CVE-2020-8557.
    @Test
    void theHostsFileCountsForThePod() throws IOException {
        var pod = limited("4Ki");
        assertThat(StorageLimits.exceeded(pod, use(pod, 4096))).isEmpty();

        fill(facts().podDirectory(pod.uid()).resolve("etc-hosts"), 5000);

        assertThat(StorageLimits.exceeded(pod, use(pod, 0)))
                .isEqualTo(
                        "Pod ephemeral local storage usage exceeds the total limit of containers 4Ki. ");
    }

    @Test
    void aContainerMayWriteAsMuchAsItsLimit() {
        var pod = limited("4Ki");

        assertThat(StorageLimits.exceeded(pod, new StorageUse(Map.of("app", 4096L), Map.of(), 0)))
                .isEmpty();
        var other = Edit.with(pod, Pod::spec, two(pod.spec()));
        assertThat(StorageLimits.exceeded(other, new StorageUse(Map.of("app", 4097L), Map.of(), 0)))
                .isEqualTo("Container app exceeded its local ephemeral storage limit \"4Ki\". ");
    }

    private static PodSpec two(PodSpec spec) {
        var first = spec.containers().getFirst();
        return Edit.with(
                spec,
                PodSpec::containers,
                List.of(first, Edit.with(first, Container::name, "second")));
    }

    @Test
    void aVolumeMayHoldAsMuchAsItsLimit() throws IOException {
        var pod = limited("1Mi");
        var volumes = facts().podDirectory(pod.uid()).resolve("volumes/kubernetes.io~empty-dir");
        fill(volumes.resolve("free/file"), 9000);
        assertThat(StorageLimits.exceeded(pod, use(pod, 0))).isEmpty();

        fill(volumes.resolve("scratch/deep/file"), 2049);

        assertThat(StorageLimits.exceeded(pod, use(pod, 0)))
                .isEqualTo("Usage of EmptyDir volume \"scratch\" exceeds the limit \"2Ki\". ");
    }

    @Test
    void whoHasNoLimitIsNotMeasured() {
        assertThat(StorageLimits.any(limited("1Mi"))).isTrue();
        assertThat(StorageLimits.any(pod("free").container(container("app")).build())).isFalse();
    }
}
