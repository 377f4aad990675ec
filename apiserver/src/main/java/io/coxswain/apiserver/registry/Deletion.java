package io.coxswain.apiserver.registry;

import io.coxswain.api.apiextensions.Conditions;
import io.coxswain.api.apiextensions.CustomResourceDefinition;
import io.coxswain.api.core.Namespace;
import io.coxswain.api.core.Pod;
import io.coxswain.api.meta.DeleteOptions;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.Errors;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rules of deletion, apart from storage and HTTP: remove now, or mark and let others finish.
///
/// An object stays while it has finalizers, while a Namespace still has its own, and for its grace
/// period where a kubelet has to confirm the end.
public final class Deletion {

    private static final String FOREGROUND = "foregroundDeletion";
    private static final String ORPHAN = "orphan";

    /// Keeps a definition until its objects are gone.
    public static final String CUSTOM_RESOURCE_CLEANUP =
            "customresourcecleanup.apiextensions.k8s.io";

    private Deletion() {}

    /// What is to happen to an object that somebody wants deleted.
    public sealed interface Outcome<T> {
        record Remove<T>(T last) implements Outcome<T> {}

        record Mark<T>(T marked) implements Outcome<T> {}
    }

    static <T> boolean complete(Served<T> kind, T object) {
        var meta = kind.codec().metadata(object);
        var grace = meta.deletionGracePeriodSeconds();
        return meta.deletionTimestamp() != null
                && !held(meta, object)
                && (grace == null || grace == 0);
    }

    /// Decides for one object; runs again if another write wins.
    public static <T> Outcome<T> decide(
            Served<T> kind, T stored, DeleteOptions options, Instant now) {
        var meta = kind.codec().metadata(stored);
        checkPreconditions(kind, meta, options);
        var finalizers = finalizers(kind, stored, meta, options);
        var grace = grace(kind, stored, meta, options);
        var next =
                Edit.of(meta)
                        .set(ObjectMeta::finalizers, finalizers)
                        .set(
                                ObjectMeta::deletionGracePeriodSeconds,
                                stored instanceof Namespace ? null : (Long) grace)
                        .set(ObjectMeta::deletionTimestamp, timestamp(meta, grace, now))
                        .change(
                                ObjectMeta::generation,
                                generation ->
                                        meta.deletionTimestamp() == null && generation > 0
                                                ? generation + 1
                                                : generation)
                        .done();
        var marked = kind.codec().withMetadata(stored, next);
        if (grace == 0 && !held(next, stored)) {
            return new Outcome.Remove<>(stored);
        }
        return new Outcome.Mark<>(terminating(marked, now));
    }

    private static boolean held(ObjectMeta meta, Object object) {
        return !meta.finalizers().isEmpty()
                || (object instanceof Namespace namespace
                        && !namespace.spec().finalizers().isEmpty());
    }

    @SuppressWarnings("unchecked")
    private static <T> T terminating(T marked, Instant now) {
        if (marked instanceof Namespace namespace) {
            return (T)
                    Edit.of(namespace)
                            .change(
                                    Namespace::status,
                                    status ->
                                            Edit.with(
                                                    status,
                                                    Namespace.NamespaceStatus::phase,
                                                    "Terminating"))
                            .done();
        }
        if (marked instanceof CustomResourceDefinition definition
                && Conditions.find(definition, Conditions.TERMINATING) == null) {
            var pending =
                    Conditions.of(
                            Conditions.TERMINATING,
                            true,
                            "InstanceDeletionPending",
                            "CustomResourceDefinition marked for deletion; CustomResource deletion"
                                    + " will be initiated soon");
            return (T) Conditions.with(definition, pending, now);
        }
        return marked;
    }

    private static Instant timestamp(ObjectMeta meta, long grace, Instant now) {
        var wanted = Times.seconds(now.plus(Duration.ofSeconds(grace)));
        var marked = meta.deletionTimestamp();
        return marked != null && marked.isBefore(wanted) ? marked : wanted;
    }

    /// The grace period: what is asked for, else the pod's own; it can only get shorter.
    private static <T> long grace(
            Served<T> kind, T stored, ObjectMeta meta, DeleteOptions options) {
        if (!kind.strategy().deletesGracefully() || !(stored instanceof Pod pod)) {
            return 0;
        }
        var asked = options.gracePeriodSeconds();
        var grace = asked != null ? asked : podGrace(pod);
        if (grace < 0) {
            grace = 1;
        }
        var phase = pod.status().phase();
        if (pod.spec().nodeName().isEmpty()
                || phase.equals("Succeeded")
                || phase.equals("Failed")) {
            grace = 0;
        }
        var before = meta.deletionGracePeriodSeconds();
        return before == null ? grace : Math.min(before, grace);
    }

    private static long podGrace(Pod pod) {
        var own = pod.spec().terminationGracePeriodSeconds();
        return own == null ? 30 : own;
    }

    private static List<String> finalizers(
            Served<?> kind, Object stored, ObjectMeta meta, DeleteOptions options) {
        var policy = policy(options);
        var all = new ArrayList<>(meta.finalizers());
        if (stored instanceof CustomResourceDefinition
                && meta.deletionTimestamp() == null
                && !all.contains(CUSTOM_RESOURCE_CLEANUP)) {
            all.add(CUSTOM_RESOURCE_CLEANUP);
        }
        if (policy == null) {
            // An earlier decision stands; else the kind's habit counts.
            var decided = all.contains(FOREGROUND) || all.contains(ORPHAN);
            if (!decided && kind.strategy().orphansDependents()) {
                all.add(ORPHAN);
            }
            return all;
        }
        all.remove(FOREGROUND);
        all.remove(ORPHAN);
        switch (policy) {
            case "Foreground" -> all.add(FOREGROUND);
            case "Orphan" -> all.add(ORPHAN);
            default -> {}
        }
        return all;
    }

    private static @Nullable String policy(DeleteOptions options) {
        var policy = options.propagationPolicy();
        if (policy != null) {
            return policy;
        }
        var orphan = options.orphanDependents();
        if (orphan == null) {
            return null;
        }
        return orphan ? "Orphan" : "Background";
    }

    private static void checkPreconditions(Served<?> kind, ObjectMeta meta, DeleteOptions options) {
        var wanted = options.preconditions();
        if (wanted == null) {
            return;
        }
        var uid = wanted.uid();
        if (uid != null && !uid.equals(meta.uid())) {
            throw mismatch(
                    kind,
                    meta,
                    "the UID in the precondition ("
                            + uid
                            + ") does not match the UID in record ("
                            + meta.uid()
                            + "). The object might have been deleted and then recreated");
        }
        var version = wanted.resourceVersion();
        if (version != null && !version.equals(meta.resourceVersion())) {
            throw mismatch(
                    kind,
                    meta,
                    "the ResourceVersion in the precondition ("
                            + version
                            + ") does not match the ResourceVersion in record ("
                            + meta.resourceVersion()
                            + "). The object might have been modified");
        }
    }

    /// Names the kind, where other conflicts name the resource.
    private static RuntimeException mismatch(Served<?> kind, ObjectMeta meta, String why) {
        return Errors.conflict(kind.errorGroup(), kind.kind().kind(), meta.name(), why);
    }
}
