package io.coxswain.apiserver.openapi;

import java.util.List;
import java.util.stream.Stream;

/// A parameter that an operation takes in its path or query.
record Parameter(String name, String in, String type, String description) {

    static final Parameter NAME = path("name");
    static final Parameter NAMESPACE = path("namespace");
    static final Parameter REST = path("path");
    static final Parameter PRETTY = text("pretty", "\"true\" indents the answer.");

    private static final Parameter DRY_RUN = text("dryRun", "\"All\" stores nothing.");
    private static final Parameter MANAGER =
            text("fieldManager", "Who makes the change, as managed fields name it.");
    private static final Parameter VALIDATION =
            text("fieldValidation", "What to do about unknown fields: Ignore, Warn or Strict.");
    private static final Parameter CONTAINER =
            text("container", "The container; may be left out where a pod has only one.");
    private static final Parameter TARGET =
            text("path", "The path of the request that is passed on.");

    static final List<Parameter> WRITE = List.of(DRY_RUN, MANAGER, VALIDATION);
    static final List<Parameter> PATCH =
            List.of(
                    DRY_RUN,
                    MANAGER,
                    VALIDATION,
                    flag("force", "Apply takes over the fields of others."));

    static final List<Parameter> DELETE =
            List.of(
                    DRY_RUN,
                    number("gracePeriodSeconds", "How long the object may take to end."),
                    flag(
                            "ignoreStoreReadErrorWithClusterBreakingPotential",
                            "Delete even what cannot be read."),
                    flag("orphanDependents", "Deprecated: use propagationPolicy."),
                    text("propagationPolicy", "Orphan, Background or Foreground."));

    private static final List<Parameter> SELECT =
            List.of(
                    text("continue", "Where a paged list goes on."),
                    text("fieldSelector", "Only objects whose fields match."),
                    text("labelSelector", "Only objects whose labels match."),
                    number("limit", "The most objects to answer with."),
                    text("resourceVersion", "The version to read at or to watch from."),
                    text("resourceVersionMatch", "How resourceVersion is meant."),
                    flag("sendInitialEvents", "Begin a watch with what there is."),
                    number("timeoutSeconds", "When to end."));

    static final List<Parameter> LIST =
            Stream.concat(
                            SELECT.stream(),
                            Stream.of(
                                    flag("allowWatchBookmarks", "Send BOOKMARK events."),
                                    flag("watch", "Stream changes instead of listing.")))
                    .toList();

    static final List<Parameter> DELETE_COLLECTION =
            Stream.concat(DELETE.stream(), SELECT.stream()).toList();

    private static final List<Parameter> STREAMS =
            List.of(
                    CONTAINER,
                    flag("stderr", "Pass on the error output."),
                    flag("stdin", "Pass on the input."),
                    flag("stdout", "Pass on the output."),
                    flag("tty", "Use a terminal."));

    private static final List<Parameter> LOG =
            List.of(
                    CONTAINER,
                    flag("follow", "Go on as the log grows."),
                    flag("insecureSkipTLSVerifyBackend", "Do not check who the kubelet is."),
                    number("limitBytes", "Stop after so many bytes."),
                    flag("previous", "Of the container that ended."),
                    number("sinceSeconds", "Only what is not older."),
                    text("stream", "All, Stdout or Stderr."),
                    number("tailLines", "Only the last lines."),
                    flag("timestamps", "Begin each line with its time."));

    /// What a subresource that is connected to, or read as text, takes.
    static List<Parameter> ofConnection(String subresource) {
        return switch (subresource) {
            case "exec" ->
                    Stream.concat(STREAMS.stream(), Stream.of(text("command", "What to run.")))
                            .toList();
            case "attach" -> STREAMS;
            case "log" -> LOG;
            case "portforward" -> List.of(number("ports", "The ports to forward."));
            case "proxy" -> List.of(TARGET);
            default -> List.of();
        };
    }

    private static Parameter path(String name) {
        return new Parameter(name, "path", "string", "The " + name + ".");
    }

    private static Parameter text(String name, String description) {
        return new Parameter(name, "query", "string", description);
    }

    private static Parameter flag(String name, String description) {
        return new Parameter(name, "query", "boolean", description);
    }

    private static Parameter number(String name, String description) {
        return new Parameter(name, "query", "integer", description);
    }

    boolean inPath() {
        return in.equals("path");
    }
}
