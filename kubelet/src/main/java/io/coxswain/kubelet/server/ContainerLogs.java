package io.coxswain.kubelet.server;

import io.coxswain.api.core.Pod.ContainerStatus;
import io.coxswain.base.Clock;
import io.coxswain.http.Headers;
import io.coxswain.http.Payload;
import io.coxswain.http.Query;
import io.coxswain.http.Request;
import io.coxswain.http.Response;
import io.coxswain.kubelet.logs.LogOptions;
import io.coxswain.kubelet.logs.LogReader;
import io.coxswain.kubelet.pod.PodContainer;
import io.coxswain.kubelet.pods.ObservedContainer;
import io.coxswain.kubelet.pods.PodStatuses;
import java.io.FileNotFoundException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Serves the logs of containers.
public final class ContainerLogs {

    /// A log's file, its container's folder, its pod's folder.
    private static final int LEVELS = 3;

    private final NodePods pods;
    private final Clock clock;

    public ContainerLogs(NodePods pods, Clock clock) {
        this.pods = pods;
        this.clock = clock;
    }

    Response serve(Request request, ContainerTarget target) {
        var options = options(request.query());
        var container = container(target, request.query().flag("previous"));
        var path = container.status().logPath();
        if (path == null || !Files.exists(Path.of(path))) {
            throw new NodeServerException(
                    400,
                    "failed to try resolving symlinks in path \""
                            + path
                            + "\": lstat "
                            + path
                            + ": no such file or directory");
        }
        checkPlain(Path.of(path));
        var uid = target.pod().uid();
        return new Response.Streaming(
                200,
                Headers.of("content-type", "text/plain"),
                sink -> {
                    var gone = new AtomicBoolean();
                    sink.onClose(() -> gone.set(true));
                    try {
                        new LogReader(Path.of(path), options)
                                .copy(
                                        bytes -> {
                                            sink.write(Payload.of(bytes));
                                            if (options.follow()) {
                                                sink.flush();
                                            }
                                        },
                                        () -> !gone.get() && runs(uid, container));
                    } catch (FileNotFoundException e) {
                        // Removed together with its pod: that was all.
                        sink.flush();
                    }
                });
    }

    /// A container that could write where logs are kept must not have other files shown as its log:
    /// neither the file nor the folders of its pod and container may be links.
    static void checkPlain(Path log) {
        var part = log;
        for (var level = 0; level < LEVELS && part != null; level++) {
            if (Files.isSymbolicLink(part)) {
                throw new NodeServerException(400, "log file " + log + " is a symbolic link");
            }
            part = part.getParent();
        }
        if (!Files.isRegularFile(log, LinkOption.NOFOLLOW_LINKS)) {
            throw new NodeServerException(400, "log file " + log + " is not a regular file");
        }
    }

    private boolean runs(String uid, ObservedContainer container) {
        var latest = pods.state(uid).latest(container.name());
        return latest != null && latest.id().equals(container.id()) && latest.running();
    }

    private LogOptions options(Query query) {
        var seconds = number(query, "sinceSeconds");
        var since = seconds == null ? time(query) : clock.now().minusSeconds(seconds);
        var stream = query.first("stream");
        return new LogOptions(
                query.flag("follow"),
                query.flag("timestamps"),
                number(query, "tailLines"),
                number(query, "limitBytes"),
                since,
                stream == null || stream.isEmpty() ? "All" : stream);
    }

    private static @Nullable Instant time(Query query) {
        var text = query.first("sinceTime");
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("invalid sinceTime: " + text, e);
        }
    }

    private static @Nullable Long number(Query query, String name) {
        var text = query.first(name);
        if (text == null || text.isEmpty()) {
            return null;
        }
        try {
            var number = Long.parseLong(text);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("invalid " + name + ": " + text, e);
        }
        throw new IllegalArgumentException(name + " must be greater than or equal to 0");
    }

    private static ObservedContainer container(ContainerTarget target, boolean previous) {
        var name = target.container();
        var pod = target.pod();
        if (PodContainer.find(pod, name) == null) {
            throw new NodeServerException(
                    404, "container \"" + name + "\" not found in pod \"" + pod.name() + "\"");
        }
        var what = "container \"" + name + "\" in pod \"" + pod.name() + "\" ";
        if (previous) {
            var last = target.state().previous(name);
            if (last == null) {
                var latest = target.state().latest(name);
                // A container in back-off is itself the previous one.
                if (latest != null && latest.exited() && waits(target)) {
                    return latest;
                }
                throw new NodeServerException(400, "previous terminated " + what + "not found");
            }
            return last;
        }
        var latest = target.state().latest(name);
        if (latest == null) {
            throw new NodeServerException(400, what + reason(target));
        }
        return latest;
    }

    private static boolean waits(ContainerTarget target) {
        var status = status(target);
        return status != null && status.state().waiting() != null;
    }

    private static String reason(ContainerTarget target) {
        var status = status(target);
        var waiting = status == null ? null : status.state().waiting();
        if (waiting == null) {
            return "is not available";
        }
        return switch (waiting.reason()) {
            case "ErrImagePull" -> "is waiting to start: image can't be pulled";
            case "ImagePullBackOff" -> "is waiting to start: trying and failing to pull image";
            default -> "is waiting to start: " + waiting.reason();
        };
    }

    private static @Nullable ContainerStatus status(ContainerTarget target) {
        for (var status : PodStatuses.all(target.pod().status())) {
            if (status.name().equals(target.container())) {
                return status;
            }
        }
        return null;
    }
}
