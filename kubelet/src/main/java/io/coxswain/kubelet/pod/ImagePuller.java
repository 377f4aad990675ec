package io.coxswain.kubelet.pod;

import io.coxswain.api.core.Pod;
import io.coxswain.base.Clock;
import io.coxswain.kubelet.runtime.ContainerRuntimeException;
import io.coxswain.kubelet.runtime.Image;
import io.coxswain.kubelet.runtime.Images;
import io.coxswain.kubelet.runtime.RegistryAuth;
import io.coxswain.kubelet.runtime.SandboxConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Makes sure that a container's image is on the node, as its pull policy says.
public final class ImagePuller {

    /// A failed pull shows as such for this long, then as being in back-off.
    private static final Duration SHOWN = Duration.ofSeconds(2);

    private static final Duration RETRY = Duration.ofSeconds(10);

    private final Images images;
    private final PodEvents events;
    private final Clock clock;
    private final Credentials credentials;
    private final BackOff backOff = BackOff.standard();
    private final Map<String, Failure> failures = new ConcurrentHashMap<>();

    /// The credentials a pod has for an image, the ones to try first coming first.
    @FunctionalInterface
    public interface Credentials {
        List<RegistryAuth> of(Pod pod, String image);
    }

    private record Failure(Instant at, String reason, String message) {}

    public ImagePuller(Images images, Credentials credentials, PodEvents events, Clock clock) {
        this.images = images;
        this.credentials = credentials;
        this.events = events;
        this.clock = clock;
    }

    /// The image as the runtime knows it.
    public Image ensure(Pod pod, PodContainer container, SandboxConfig sandbox)
            throws StartFailure {
        var written = container.spec().image();
        var name = named(pod, container, written);
        var policy = container.spec().imagePullPolicy();
        var present = images.find(name);
        if (present != null && !policy.equals("Always")) {
            events.normal(
                    pod,
                    container,
                    "Pulled",
                    "Container image \""
                            + written
                            + "\" already present on machine and can be accessed by the pod");
            return present;
        }
        if (policy.equals("Never")) {
            var message =
                    "Container image \"" + written + "\" is not present with pull policy of Never";
            events.warning(pod, container, "ErrImageNeverPull", message);
            throw new StartFailure("ErrImageNeverPull", message, RETRY);
        }
        var key = pod.uid() + "_" + name;
        waitForBackOff(pod, container, key);
        return pull(pod, container, sandbox, name, key);
    }

    /// Drops what is remembered of a pod that is gone.
    public void forget(String uid) {
        backOff.forget(uid);
        failures.keySet().removeIf(key -> key.startsWith(uid));
    }

    private String named(Pod pod, PodContainer container, String written) throws StartFailure {
        try {
            return ImageName.withTag(written);
        } catch (StartFailure e) {
            events.warning(pod, container, "InspectFailed", e.text());
            throw e;
        }
    }

    private void waitForBackOff(Pod pod, PodContainer container, String key) throws StartFailure {
        var failure = failures.get(key);
        var until = failure == null ? null : backOff.until(key, failure.at(), clock.now());
        if (failure == null || until == null) {
            return;
        }
        var message = "Back-off pulling image \"" + container.spec().image() + "\"";
        events.normal(pod, container, "BackOff", message);
        events.warning(pod, container, "Failed", "Error: ImagePullBackOff");
        throw new StartFailure(
                "ImagePullBackOff",
                message + ": " + failure.reason() + ": " + failure.message(),
                Duration.between(clock.now(), until));
    }

    private Image pull(
            Pod pod, PodContainer container, SandboxConfig sandbox, String name, String key)
            throws StartFailure {
        var written = container.spec().image();
        var started = clock.now();
        events.normal(pod, container, "Pulling", "Pulling image \"" + written + "\"");
        try {
            var id = pullAsSomebody(pod, sandbox, name);
            var image = images.find(id);
            if (image == null) {
                image = new Image(id, List.of(), List.of(), 0, null, null, false);
            }
            failures.remove(key);
            var took = PodFormat.duration(millis(Duration.between(started, clock.now())));
            events.normal(
                    pod,
                    container,
                    "Pulled",
                    "Successfully pulled image \""
                            + written
                            + "\" in "
                            + took
                            + " ("
                            + took
                            + " including waiting). Image size: "
                            + image.sizeBytes()
                            + " bytes.");
            return image;
        } catch (ContainerRuntimeException e) {
            var message = e.getMessage() == null ? e.reason().name() : e.getMessage();
            failures.put(key, new Failure(clock.now(), "ErrImagePull", message));
            backOff.next(key, clock.now(), clock.now());
            events.warning(
                    pod,
                    container,
                    "Failed",
                    "Failed to pull image \"" + written + "\": " + message);
            events.warning(pod, container, "Failed", "Error: ErrImagePull");
            throw new StartFailure("ErrImagePull", message, SHOWN);
        }
    }

    private String pullAsSomebody(Pod pod, SandboxConfig sandbox, String name) {
        @Nullable ContainerRuntimeException refused = null;
        for (var auth : credentials.of(pod, name)) {
            try {
                return images.pull(name, auth, sandbox);
            } catch (ContainerRuntimeException e) {
                refused = e;
            }
        }
        if (refused != null) {
            throw refused;
        }
        return images.pull(name, null, sandbox);
    }

    private static Duration millis(Duration duration) {
        return Duration.ofMillis(duration.toMillis());
    }
}
