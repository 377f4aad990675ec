package io.coxswain.kubelet.runtime.fake;

import io.coxswain.base.Clock;
import io.coxswain.kubelet.runtime.ContainerRuntimeException;
import io.coxswain.kubelet.runtime.ContainerRuntimeException.Reason;
import io.coxswain.kubelet.runtime.FsUsage;
import io.coxswain.kubelet.runtime.Image;
import io.coxswain.kubelet.runtime.Images;
import io.coxswain.kubelet.runtime.RegistryAuth;
import io.coxswain.kubelet.runtime.SandboxConfig;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Images in memory. Every pull succeeds, unless the test has said how this reference fails.
/// An image's id follows from its first reference alone.
public final class FakeImages implements Images {

    private static final long SIZE = 1_000_000;

    private final Clock clock;
    private final Map<String, Image> byReference = new TreeMap<>();
    private final Map<String, Reason> refused = new HashMap<>();
    private final List<String> pulled = new ArrayList<>();

    FakeImages(Clock clock) {
        this.clock = clock;
    }

    /// Makes the image present, as an import would.
    public synchronized FakeImages add(String reference) {
        byReference.computeIfAbsent(reference, FakeImages::image);
        return this;
    }

    /// From now on pulling `reference` fails for this reason.
    public synchronized void refuse(String reference, Reason reason) {
        refused.put(reference, reason);
    }

    /// From now on pulling `reference` succeeds.
    public synchronized void offer(String reference) {
        refused.remove(reference);
    }

    /// Every reference that was asked for, in order, whether it could be had or not.
    public synchronized List<String> pulled() {
        return List.copyOf(pulled);
    }

    @Override
    public synchronized String pull(
            String reference, @Nullable RegistryAuth auth, @Nullable SandboxConfig sandbox) {
        pulled.add(reference);
        var reason = refused.get(reference);
        if (reason != null) {
            throw new ContainerRuntimeException(
                    reason, "failed to pull and unpack image \"" + reference + "\"");
        }
        add(reference);
        return imageOf(reference).id();
    }

    @Override
    public synchronized List<Image> list() {
        return byReference.values().stream().distinct().toList();
    }

    @Override
    public synchronized @Nullable Image find(String reference) {
        var named = byReference.get(reference);
        if (named != null) {
            return named;
        }
        return byReference.values().stream()
                .filter(i -> i.id().equals(reference) || i.digests().contains(reference))
                .findFirst()
                .orElse(null);
    }

    /// The image, which must be present: a container is to be made from it.
    synchronized Image imageOf(String reference) {
        var image = find(reference);
        if (image == null) {
            throw new ContainerRuntimeException(
                    Reason.NOT_FOUND, "failed to resolve image \"" + reference + "\": not found");
        }
        return image;
    }

    @Override
    public synchronized void remove(String reference) {
        var image = find(reference);
        byReference.values().removeIf(i -> i.equals(image));
    }

    @Override
    public synchronized List<FsUsage> usage() {
        var used = list().stream().mapToLong(Image::sizeBytes).sum();
        return List.of(new FsUsage("/var/lib/images", clock.now(), used, list().size()));
    }

    private static Image image(String reference) {
        var hex =
                UUID.nameUUIDFromBytes(reference.getBytes(StandardCharsets.UTF_8))
                        .toString()
                        .replace("-", "");
        var digest = "sha256:" + hex + hex;
        var name = reference.split("@", 2)[0];
        return new Image(
                digest,
                reference.contains("@") ? List.of() : List.of(reference),
                List.of(name + "@" + digest),
                SIZE,
                null,
                null,
                false);
    }
}
