package io.coxswain.kubelet.housekeeping;

import io.coxswain.base.Clock;
import io.coxswain.base.Loop;
import io.coxswain.kubelet.registration.Machine;
import io.coxswain.kubelet.runtime.ContainerFilter;
import io.coxswain.kubelet.runtime.ContainerRuntime;
import io.coxswain.kubelet.runtime.Image;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Removes images that no container uses, those unused for longest first, when the disk gets full.
public final class UnusedImages implements Loop {

    private static final Logger LOG = LoggerFactory.getLogger(UnusedImages.class);
    private static final Duration PERIOD = Duration.ofMinutes(5);
    private static final Duration AGE_MIN = Duration.ofMinutes(2);

    private final ContainerRuntime runtime;
    private final Supplier<Machine> machine;
    private final Clock clock;
    private final int highPercent;
    private final int lowPercent;
    private final Map<String, Instant> lastUsed = new HashMap<>();

    public UnusedImages(
            ContainerRuntime runtime,
            Supplier<Machine> machine,
            Clock clock,
            int highPercent,
            int lowPercent) {
        this.runtime = runtime;
        this.machine = machine;
        this.clock = clock;
        this.highPercent = highPercent;
        this.lowPercent = lowPercent;
    }

    @Override
    public Next runOnce() {
        var images = runtime.images().list();
        var used = used();
        var now = clock.now();
        lastUsed.keySet().retainAll(images.stream().map(Image::id).toList());
        for (var image : images) {
            lastUsed.putIfAbsent(image.id(), now);
            if (inUse(image, used)) {
                lastUsed.put(image.id(), now);
            }
        }
        free(images, used, toFree(machine.get()));
        return Next.in(clock, PERIOD);
    }

    private long toFree(Machine seen) {
        var taken = seen.diskBytes() - seen.diskAvailableBytes();
        return taken * 100 < seen.diskBytes() * highPercent
                ? 0
                : taken - seen.diskBytes() * lowPercent / 100;
    }

    private void free(List<Image> images, Set<String> used, long bytes) {
        var left = bytes;
        var unused = new ArrayList<>(images);
        unused.removeIf(image -> image.pinned() || inUse(image, used) || young(image));
        unused.sort(Comparator.comparing(this::lastUsed));
        for (var image : unused) {
            if (left <= 0) {
                return;
            }
            LOG.info("removing unused image {} {}", image.id(), image.tags());
            runtime.images().remove(image.id());
            left -= image.sizeBytes();
        }
    }

    private Instant lastUsed(Image image) {
        return lastUsed.getOrDefault(image.id(), Instant.EPOCH);
    }

    private boolean young(Image image) {
        return Duration.between(lastUsed(image), clock.now()).compareTo(AGE_MIN) < 0;
    }

    private Set<String> used() {
        var used = new HashSet<String>();
        for (var container : runtime.containers(ContainerFilter.ALL)) {
            used.add(container.image());
            used.add(container.imageRef());
        }
        return used;
    }

    private static boolean inUse(Image image, Set<String> used) {
        return used.contains(image.id())
                || image.tags().stream().anyMatch(used::contains)
                || image.digests().stream().anyMatch(used::contains);
    }
}
