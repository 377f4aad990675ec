package io.coxswain.kubelet.runtime.fake;

import io.coxswain.kubelet.runtime.Container;
import io.coxswain.kubelet.runtime.ContainerConfig;
import io.coxswain.kubelet.runtime.ContainerStatus;
import io.coxswain.kubelet.runtime.Resources;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A container in memory. It ends when the clock has passed the end its program has, which every
/// look at it finds out: nothing runs in between.
final class FakeContainer {

    final String id;
    final String sandboxId;
    final ContainerConfig config;
    private final String imageId;
    private final @Nullable String logDirectory;
    private final Instant createdAt;

    private Container.State state = Container.State.CREATED;
    private Program.@Nullable Run run;
    private @Nullable Instant startedAt;
    private @Nullable Instant finishedAt;
    private int exitCode;
    private String reason = "";
    private String message = "";
    private Resources resources;

    FakeContainer(
            String id,
            FakeSandbox sandbox,
            ContainerConfig config,
            String imageId,
            Instant createdAt) {
        this.id = id;
        this.sandboxId = sandbox.id;
        this.logDirectory = sandbox.config.logDirectory();
        this.config = config;
        this.imageId = imageId;
        this.createdAt = createdAt;
        this.resources = config.resources();
    }

    void start(Program.Run program, Instant now) {
        run = program;
        startedAt = now;
        state = Container.State.RUNNING;
        if (program instanceof Program.Run.CannotStart(var why)) {
            end(128, "StartError", why, now);
        }
    }

    /// What the stop signal does; a program that ignores it, or gets no time, is killed.
    void stop(boolean patient, Instant now) {
        if (patient && run instanceof Program.Run.Forever(var code, var _) && code != null) {
            end(code, code == 0 ? "Completed" : "Error", "", now);
        } else {
            end(137, "Error", "", now);
        }
    }

    void end(int code, String why, String text, Instant at) {
        state = Container.State.EXITED;
        exitCode = code;
        reason = why;
        message = text;
        finishedAt = at;
    }

    void limit(Resources limits) {
        resources = limits;
    }

    Container.State state(Instant now) {
        if (state == Container.State.RUNNING
                && startedAt != null
                && run instanceof Program.Run.Ends ends
                && !startedAt.plus(ends.after()).isAfter(now)) {
            var code = ends.exitCode();
            end(code, code == 0 ? "Completed" : "Error", "", startedAt.plus(ends.after()));
        }
        return state;
    }

    /// What the program has written by now.
    String output() {
        return switch (run) {
            case null -> "";
            case Program.Run.Forever forever -> forever.stdout();
            case Program.Run.Ends ends -> ends.stdout();
            case Program.Run.CannotStart _ -> "";
        };
    }

    Container listed(Instant now) {
        return new Container(
                id,
                sandboxId,
                config.name(),
                config.attempt(),
                config.image(),
                imageId,
                state(now),
                createdAt,
                config.labels(),
                config.annotations());
    }

    ContainerStatus status(Instant now) {
        var current = state(now);
        var user = config.security().user();
        var group = config.security().group();
        return new ContainerStatus(
                id,
                config.name(),
                config.attempt(),
                current,
                createdAt,
                startedAt,
                finishedAt,
                exitCode,
                reason,
                message,
                config.image(),
                imageId,
                config.labels(),
                config.annotations(),
                config.mounts(),
                config.logPath() == null ? null : logDirectory + "/" + config.logPath(),
                resources,
                new ContainerStatus.User(
                        user == null ? 0 : user,
                        group == null ? 0 : group,
                        config.security().supplementalGroups()));
    }
}
